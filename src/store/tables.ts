import type { Schema } from './schema.ts';

/** The primary key of every table; a table comes after those that it refers to. */
export const PRIMARY_KEYS: { readonly [Table in keyof Schema]: readonly (keyof Schema[Table] & string)[] } = {
  meta: ['name'],
  bars: ['symbol', 'session'],
  splits: ['symbol', 'session'],
  slide_states: ['symbol'],
  last_quotes: ['symbol'],
  quote_memories: ['symbol'],
  custom_symbols: ['symbol'],
  report_days: ['symbol'],
  stories: ['id'],
  alerts: ['id'],
  channels: ['id'],
  deliveries: ['id'],
  edits: ['batch'],
  mute_notes: ['batch', 'symbol'],
  mutes: ['channel_id', 'symbol'],
  channel_symbols: ['channel_id', 'symbol'],
  subscriptions: ['id'],
  personal_pings: ['id'],
  fanouts: ['id'],
  digests: ['channel_id', 'day'],
  digest_marks: ['key'],
  after_hours: ['symbol', 'session'],
  bill_news: ['key'],
  filed_facts: ['id'],
  filing_marks: ['subject'],
  edgar_answers: ['path'],
  read_documents: ['accession', 'name'],
  proposals: ['id'],
  job_runs: ['name'],
  job_history: ['name', 'ran_at'],
  open_answers: ['id'],
};

export const TABLES = Object.keys(PRIMARY_KEYS) as (keyof Schema)[];
