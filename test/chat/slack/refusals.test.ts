import { expect, test } from 'vitest';
import type { Outcome } from '../../../src/chat/platform.ts';
import { outcomeOf } from '../../../src/chat/slack/outcome.ts';
import { credentialRefusalOf, listedCodes, refusalOfCode } from '../../../src/chat/slack/refusals.ts';
import { pauseFromStore } from '../../../src/stories/pause.ts';
import { createDeliveryFixture, MINUTE, SECOND } from '../../delivery/delivery-fixture.ts';
import { storedChannels } from '../../store/inspect.ts';
import { calls, createRecordingLog, double, platform } from './support.ts';

/**
 * The errors of chat.postMessage.
 * Source: the table of docs.slack.dev/reference/methods/chat.postMessage, read on 2026-11-27, in its newest public copies. The latest
 * has all of these; the one before lacks agent_prompt_display_not_allowed, app_access_restricted and send_on_behalf_not_allowed.
 */
const POST_MESSAGE = [
  'access_denied accesslimited account_inactive agent_prompt_display_not_allowed app_access_restricted',
  'as_user_not_supported attachment_payload_limit_exceeded cannot_reply_to_message channel_not_found deprecated_endpoint',
  'draft_already_deleted draft_already_sent draft_has_conflict draft_not_found duplicate_channel_not_found',
  'duplicate_message_not_found ekm_access_denied enterprise_is_restricted fatal_error internal_error invalid_arg_name',
  'invalid_arguments invalid_array_arg invalid_auth invalid_blocks invalid_blocks_format invalid_charset invalid_form_data',
  'invalid_metadata_format invalid_metadata_schema invalid_post_type is_archived markdown_text_conflict',
  'message_limit_exceeded messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large method_deprecated',
  'missing_file_data missing_post_type missing_scope msg_blocks_too_long no_permission no_text not_allowed_token_type',
  'not_authed not_in_channel org_login_required rate_limited ratelimited request_timeout restricted_action',
  'restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_locked',
  'restricted_action_thread_only_channel send_on_behalf_not_allowed service_unavailable',
  'slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked',
  'team_access_not_granted team_added_to_org team_not_found token_expired token_revoked too_many_attachments',
  'too_many_contact_cards two_factor_setup_required',
].flatMap((line) => line.split(' '));

/** The errors that chat.update has besides. Source: docs.slack.dev/reference/methods/chat.update, its newest public copy, read on 2026-11-27. */
const UPDATE = [
  'block_mismatch blocked_file_type cant_broadcast_message cant_update_message edit_window_closed',
  'external_channel_migrating file_deleted file_is_deleted file_not_found file_share_limit_reached invalid_attachments',
  'is_inactive max_file_sharing_exceeded message_not_found msg_too_long no_dual_broadcast_content_update',
  'posting_to_channel_denied slack_connect_blocked_file_type slack_connect_clip_sharing_blocked',
  'slack_connect_file_upload_sharing_blocked streaming_state_conflict unable_to_share_files update_failed',
].flatMap((line) => line.split(' '));

test.each([...POST_MESSAGE, ...UPDATE])('the documented error %s is in a class', (code) => {
  expect(refusalOfCode(code)).toBeDefined();
  expect(outcomeOf({ kind: 'refused', code, details: [] }).kind).not.toBe('unlisted');
});

test('no code is in two classes, and none is there that no list has', () => {
  expect(listedCodes.toSorted()).toEqual([...new Set(listedCodes)].toSorted());
  const elsewhere = listedCodes.filter((code) => !POST_MESSAGE.includes(code) && !UPDATE.includes(code));
  // Of auth.test and apps.connections.open, of the Web API as a whole, and of user groups.
  expect(elsewhere.toSorted()).toEqual([
    'invalid_usergroup',
    'no_access',
    'no_such_subteam',
    'subteam_not_found',
    'team_disabled',
    'unknown_method',
    'user_removed_from_team',
  ]);
});

/** What becomes of a card that is refused with a code, each in a channel of its own, after so many minutes. */
const refuse = async (code: string, minutes: number) => {
  const fixture = await createDeliveryFixture();
  const slack = await double({ now: () => fixture.now });
  const { log, lines } = createRecordingLog();
  slack.fail(({ method }) => (method === 'chat.postMessage' ? { kind: 'error', error: code } : undefined));
  await fixture.addChannel('slack', 'C0000000001');
  await fixture.enqueueSlide('NVDA');
  const courier = fixture.createCourier([platform(slack, { now: () => fixture.now })], { log });
  for (const end = fixture.now + minutes * MINUTE; fixture.now < end; fixture.now += 10 * SECOND)
    await courier.run(fixture.now);
  const [channel] = await storedChannels(fixture.store.db);
  const [row] = await fixture.rows();
  const closure = courier.closures().get('slack');
  return { channel, row, closure, lines, tries: calls(slack, 'chat.postMessage') };
};

test.each(['restricted_action_thread_locked', 'is_inactive', 'messages_tab_disabled', 'ekm_access_denied'])(
  '%s pauses the channel and keeps the card',
  async (code) => {
    const { channel, row, closure } = await refuse(code, 2);
    expect(channel?.status).toBe('in-use');
    expect(pauseFromStore(channel?.paused ?? '')).toMatchObject({ text: expect.stringContaining(code) });
    expect(row?.state).toBe('pending');
    expect(closure).toBeUndefined();
  },
);

test.each(['enterprise_is_restricted', 'accesslimited', 'token_revoked', 'two_factor_setup_required'])(
  '%s closes all of Slack, with the remedy, and is tried ever more rarely',
  async (code) => {
    const { channel, row, closure, tries } = await refuse(code, 60);
    expect(closure).toMatchObject({ cause: 'credential', reason: expect.stringContaining(code) });
    expect(closure?.reason).toContain(credentialRefusalOf(code)?.remedy);
    expect(channel?.paused).toBeNull();
    expect(row?.state).toBe('pending');
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(15);
  },
);

test.each(['org_login_required', 'team_added_to_org', 'message_limit_exceeded'])(
  '%s closes all of Slack for minutes',
  async (code) => {
    const { closure, row } = await refuse(code, 5);
    expect(closure).toMatchObject({ cause: 'refused', reason: expect.stringContaining(code) });
    expect(row?.state).toBe('pending');
  },
);

test('external_channel_migrating is tried again soon, and closes nothing', async () => {
  const { channel, row, closure, tries } = await refuse('external_channel_migrating', 5);
  expect([channel?.paused, closure, row?.state]).toEqual([null, undefined, 'pending']);
  expect(tries).toBeGreaterThan(2);
});

test.each(['cannot_reply_to_message', 'metadata_too_large', 'no_text'])(
  '%s is a fault of ours: the card has failed',
  async (code) => {
    const { row, lines, tries } = await refuse(code, 1);
    expect(row?.state).toBe('failed');
    expect(tries).toBe(1);
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  },
);

test('a code that is in no list is tried a few times, then pauses the channel and is told', async () => {
  const { channel, row, lines } = await refuse('brand_new_code', 90);
  expect(pauseFromStore(channel?.paused ?? '')).toMatchObject({ key: 'unlisted', values: { code: 'brand_new_code' } });
  expect(row?.state).toBe('pending');
  expect(lines.filter(({ fields }) => fields.code === 'brand_new_code').length).toBeGreaterThan(1);
});

const kindsOf = (outcome: Outcome) => [outcome.kind, 'everywhere' in outcome ? outcome.everywhere : undefined];

test("a page of what stands before Slack holds back everything, for the page's own time if it names one", async () => {
  const slack = await double();
  const bot = platform(slack);
  const card = { channelId: 'C0000000001', card: { ...noCard }, key: 'k', maybePosted: false };
  slack.fail({ method: 'chat.postMessage', how: { kind: 'status', status: 403 } });
  expect(kindsOf(await bot.post(card))).toEqual(['later', 'refused']);
  slack.fail({ method: 'chat.postMessage', how: { kind: 'status', status: 429, retryAfter: 90 } });
  expect(await bot.post(card)).toMatchObject({ kind: 'later', afterMs: 90_000 });
  slack.fail({ method: 'chat.postMessage', how: { kind: 'status', status: 429 } });
  expect(kindsOf(await bot.post(card))).toEqual(['later', 'refused']);
  slack.fail({ method: 'chat.postMessage', how: { kind: 'status', status: 403, retryAfter: 120 } });
  expect(await bot.post(card)).toMatchObject({ kind: 'later', afterMs: 120_000 });
});

const noCard = { kind: 'slide', tone: 'red', title: 'NVDA', lead: [], sections: [], footer: [] } as const;
