import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkView } from './check-view.ts';
import type { SlackDouble } from './double.ts';
import { startSlackDouble } from './slack-double.ts';
import { openView } from './view-methods.ts';
import { createWorkspace } from './workspace.ts';

const ASKER = 'U0000000002';
let slack: SlackDouble;

beforeEach(async () => {
  slack = await startSlackDouble();
});

afterEach(() => slack.close());

const call = async (method: string, params: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${slack.botToken}` };
  const answer = await fetch(slack.apiUrl + method, { method: 'POST', headers, body: JSON.stringify(params) });
  return answer.json();
};

const text = (said: string) => ({ type: 'plain_text', text: said });
const section = { type: 'section', text: text('Hello') };
const modal = { type: 'modal', title: text('Settings'), submit: text('Save'), blocks: [section] };
const input = (element: object) => ({ type: 'input', block_id: 'a', label: text('A'), element });
const one = { text: text('One'), value: '1' };

test('a trigger_id opens one view, and only for three seconds', () => {
  let now = 1_722_340_800_000;
  const workspace = createWorkspace({
    ...{ botToken: '', appToken: '', scopes: [], postGapMs: 0, processingPolls: 0, locale: 'en-US' },
    now: () => now,
  });
  const world = { workspace, origin: () => '', socketUrl: () => '', onInvalid: () => {}, onMention: () => {} };
  const open = (trigger: string) =>
    openView.run(world, { method: 'views.open', params: { trigger_id: trigger, view: modal }, token: '' });
  for (const trigger of [`${ASKER}.1`, `${ASKER}.2`]) workspace.triggers.set(trigger, now);
  open(`${ASKER}.1`);
  expect(() => open(`${ASKER}.1`)).toThrow('invalid_trigger_id');
  now += 3_001;
  expect(() => open(`${ASKER}.2`)).toThrow('expired_trigger_id');
  expect(workspace.modals).toMatchObject([{ userId: ASKER }]);
});

test.each([
  ['a title that is too long', { ...modal, title: text('x'.repeat(25)) }],
  ['too many blocks', { ...modal, blocks: Array.from({ length: 101 }, () => section) }],
  ['no block', { ...modal, blocks: [] }],
  ['two blocks of one name', { ...modal, blocks: [section, section].map((block) => ({ ...block, block_id: 'a' })) }],
  ['too much private metadata', { ...modal, private_metadata: 'x'.repeat(3_001) }],
  [
    'a field and no way to submit it',
    { ...modal, submit: undefined, blocks: [input({ type: 'timepicker', action_id: 'b' })] },
  ],
  ['a time that is none', { ...modal, blocks: [input({ type: 'timepicker', action_id: 'b', initial_time: '25:00' })] }],
  [
    'an initial option that is not among the options',
    {
      ...modal,
      blocks: [
        input({
          type: 'static_select',
          action_id: 'b',
          options: [one],
          initial_option: { ...one, text: text('Uno') },
        }),
      ],
    },
  ],
  [
    'more checkboxes than ten',
    {
      ...modal,
      blocks: [
        input({
          type: 'checkboxes',
          action_id: 'b',
          options: Array.from({ length: 11 }, (_, n) => ({ text: text(`${n}`), value: `${n}` })),
        }),
      ],
    },
  ],
])('a view with %s is refused', (_what, view) => {
  expect(checkView(view, 'modal')).not.toEqual([]);
  expect(checkView(modal, 'modal')).toEqual([]);
});

test('App Home keeps the last view that was published, and takes no modal', async () => {
  const home = { type: 'home', blocks: [section] };
  expect(await call('views.publish', { user_id: ASKER, view: home })).toMatchObject({ ok: true });
  expect(await call('views.publish', { user_id: ASKER, view: modal })).toMatchObject({ error: 'invalid_arguments' });
  expect([slack.home(ASKER)?.edits, slack.invalid.length]).toEqual([1, 1]);
});

test('users.info names the scope that it wants', async () => {
  slack.setScopes(['chat:write']);
  const refused = { ok: false, error: 'missing_scope', needed: 'users:read' };
  expect(await call('users.info', { user: ASKER })).toMatchObject(refused);
});

test('a direct message has one channel however often it is opened', async () => {
  const opened = await call('conversations.open', { users: ASKER });
  expect(await call('conversations.open', { users: ASKER })).toMatchObject({
    channel: Object(opened).channel,
    already_open: true,
  });
});
