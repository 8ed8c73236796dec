/**
 * Slack's limits for one message, in UTF-16 units unless stated otherwise.
 * Source: docs.slack.dev/reference/block-kit; `message` was measured (msg_blocks_too_long) and counts the blocks' JSON.
 */
export const limits = {
  blocks: 50,
  header: 150,
  section: 3_000,
  contextElement: 2_000,
  altText: 2_000,
  message: 13_000,
  /** Slack cuts a text at 40,000 and recommends 4,000. */
  fallback: 4_000,
  /** Buttons of one actions block, and the text of one. */
  actions: 25,
  buttonText: 75,
  /** Tables of a message; rows of one (titles included), its columns, and the characters of all its cells. */
  tables: 1,
  tableRows: 100,
  tableColumns: 20,
  table: 10_000,
} as const;

/** Slack's limits for views, in addition to those for messages. Source: docs.slack.dev/reference/views and /block-kit. */
export const viewLimits = {
  blocks: 100,
  title: 24,
  label: 2_000,
  option: 75,
  field: 2_000,
  initialValue: 3_000,
} as const;
