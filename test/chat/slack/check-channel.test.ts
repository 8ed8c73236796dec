import { expect, test } from 'vitest';
import { PlatformError } from '../../../src/chat/platform.ts';
import { startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { CHANNEL, calls, createRecordingLog, double, platform, posting } from './support.ts';

const OTHER = 'C0000000002';

/** What the documentation asks for, which does not hold channels:read. */
const DOCUMENTED = ['chat:write', 'files:write', 'files:read', 'channels:history', 'groups:history'];

const refusal = async (checked: Promise<void> | undefined): Promise<string> => {
  const fault = await checked?.catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(PlatformError);
  return fault instanceof PlatformError ? fault.message : '';
};

test('a channel that the bot is in is found without logging anything', async () => {
  const slack = await double();
  const { log, lines } = createRecordingLog();
  await platform(slack, { log }).check?.(CHANNEL);
  expect(lines).toEqual([]);
});

test.each([
  ['does not exist', () => {}],
  ['is private without the bot', (slack) => slack.addChannel(OTHER, { isPrivate: true, member: false })],
] as const satisfies readonly (readonly [string, (slack: Awaited<ReturnType<typeof double>>) => void])[])(
  'a channel that %s is reported in one line that names the variable and what to do',
  async (_what, prepare) => {
    const slack = await double();
    prepare(slack);
    const message = await refusal(platform(slack).check?.(OTHER));
    expect(message).toMatch(/^[^\n]*SLACK_CHANNEL_ID[^\n]*channel_not_found[^\n]*\/invite[^\n]*$/);
  },
);

test('so is an archived channel', async () => {
  const slack = await double();
  slack.archive(CHANNEL);
  expect(await refusal(platform(slack).check?.(CHANNEL))).toMatch(/SLACK_CHANNEL_ID.*is_archived/);
});

test('a channel that the bot is not in is logged, and posted to once the bot is in it', async () => {
  const slack = await double();
  slack.kick(CHANNEL);
  const { log, lines } = createRecordingLog();
  const bot = platform(slack, { log });
  await bot.check?.(CHANNEL);
  expect(lines).toMatchObject([{ level: 'error', fields: { remedy: expect.stringContaining('/invite @Slidewatch') } }]);
  slack.invite(CHANNEL);
  expect(await bot.post(posting())).toMatchObject({ kind: 'sent' });
});

test('the documented scopes are enough to detect a missing channel', async () => {
  const slack = await double({ scopes: DOCUMENTED });
  const bot = platform(slack);
  await bot.check?.(CHANNEL);
  expect(await refusal(bot.check?.(OTHER))).toContain('channel_not_found');
  expect(calls(slack, 'conversations.history')).toBe(2);
});

test.each([
  ['Slack fails', { kind: 'status', status: 503 }],
  ['Slack throttles', { kind: 'ratelimited' }],
  ['Slack has trouble', { kind: 'error', error: 'internal_error' }],
  ['the connection is cut', { kind: 'disconnect' }],
] as const)('it resolves if %s', async (_what, how) => {
  const slack = await double();
  slack.fail({ how, times: 9 });
  await expect(platform(slack).check?.(OTHER)).resolves.toBeUndefined();
});

test('it resolves without a network', async () => {
  const away = await startSlackDouble();
  await away.close();
  await expect(platform(away).check?.(OTHER)).resolves.toBeUndefined();
});

test.each<[string, (slack: Awaited<ReturnType<typeof double>>) => void, boolean | undefined]>([
  ['that the bot is in', () => {}, true],
  ['that is archived', (slack) => slack.archive(CHANNEL), false],
  ['that the bot is not in', (slack) => slack.kick(CHANNEL), false],
  ['that is not there', (slack) => slack.removeChannel(CHANNEL), false],
  ['that the bot may not ask about', (slack) => slack.setScopes(DOCUMENTED), undefined],
  ['of a workspace that refuses the token', (slack) => slack.revokeToken(), undefined],
  [
    'that Slack does not answer about',
    (slack) => slack.fail({ method: 'conversations.info', how: { kind: 'status', status: 503 } }),
    undefined,
  ],
])('whether a channel %s is open is told as far as it can be', async (_, prepare, open) => {
  const slack = await double();
  prepare(slack);
  expect(await platform(slack).isOpen?.(CHANNEL)).toBe(open);
});
