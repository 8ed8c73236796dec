import { beforeEach, expect, test } from 'vitest';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const CHANNEL = 'C0000000001';

let now = 0;
let workspace: Workspace;
let urls: ResponseUrls;

beforeEach(() => {
  now = 1_722_340_800_000;
  workspace = createWorkspace({
    ...{ botToken: '', appToken: '', scopes: [], postGapMs: 0, processingPolls: 0, locale: 'en-US' },
    now: () => now,
  });
  const channel = { id: CHANNEL, isPrivate: false, archived: false, member: false, messages: [], lastPostAt: 0 };
  workspace.channels.set(CHANNEL, channel);
  const nothing = (): undefined => undefined;
  urls = createResponseUrls({
    workspace,
    origin: () => '',
    socketUrl: () => '',
    onInvalid: nothing,
    onMention: nothing,
  });
});

const open = (messageTs?: string): string =>
  urls
    .open({ channelId: CHANNEL, userId: 'U0000000002', ...(messageTs === undefined ? {} : { messageTs }) })
    .replace('/response/', '');

test('a response_url shows a message to the channel or to the asker, though the bot is not in the channel', () => {
  const id = open();
  expect(urls.use(id, { text: 'a', response_type: 'in_channel' })).toEqual({ status: 200, text: 'ok' });
  urls.use(id, { text: 'b', response_type: 'ephemeral' });
  urls.use(id, { text: 'c' });
  expect(workspace.channels.get(CHANNEL)?.messages.map(({ text }) => text)).toEqual(['a']);
  expect(workspace.ephemerals.map(({ text }) => text)).toEqual(['b', 'c']);
});

test('it takes five messages', () => {
  const id = open();
  for (let n = 0; n < 5; n += 1) expect(urls.use(id, { text: 'a' }).status).toBe(200);
  expect(urls.use(id, { text: 'a' })).toEqual({ status: 404, text: 'used_url' });
});

test('it is good for 30 minutes', () => {
  const id = open();
  now += 1_799_999;
  expect(urls.use(id, { text: 'a' }).status).toBe(200);
  now += 1;
  expect(urls.use(id, { text: 'a' })).toEqual({ status: 404, text: 'expired_url' });
});

test('a message that Slack would refuse uses nothing up', () => {
  const id = open();
  for (let n = 0; n < 9; n += 1) {
    expect(urls.use(id, { text: 'a', blocks: [{ type: 'poster' }] })).toEqual({ status: 400, text: 'invalid_blocks' });
  }
  expect(urls.use(id, { text: 'a' }).status).toBe(200);
});

test('that of a button replaces the message under it, once that is asked for', () => {
  urls.use(open(), { text: 'old', response_type: 'in_channel' });
  const [message] = workspace.channels.get(CHANNEL)?.messages ?? [];
  urls.use(open(message?.ts), { text: 'beside' });
  expect(message).toMatchObject({ text: 'old', edits: 0 });
  urls.use(open(message?.ts), { text: 'new', replace_original: true });
  expect(message).toMatchObject({ text: 'new', edits: 1 });
  expect(workspace.ephemerals).toHaveLength(1);
});
