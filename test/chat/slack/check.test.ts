import { expect, test } from 'vitest';
import { PlatformError } from '../../../src/chat/platform.ts';
import { startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { CHANNEL, calls, createBook, double, platform, posting } from './support.ts';

const OTHER = 'C0000000002';

/** What the documentation asks for, which does not hold channels:read. */
const DOCUMENTED = ['chat:write', 'files:write', 'files:read', 'channels:history', 'groups:history'];

const refusal = async (checked: Promise<void> | undefined): Promise<string> => {
  const fault = await checked?.catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(PlatformError);
  return fault instanceof PlatformError ? fault.message : '';
};

test('a channel that the bot is in is found, and nothing is said', async () => {
  const slack = await double();
  const { log, lines } = createBook();
  await platform(slack, { log }).check?.(CHANNEL);
  expect(lines).toEqual([]);
});

test.each([
  ['does not exist', () => {}],
  ['is private without the bot', (slack) => slack.addChannel(OTHER, { isPrivate: true, member: false })],
] as const satisfies readonly (readonly [string, (slack: Awaited<ReturnType<typeof double>>) => void])[])(
  'a channel that %s is one line that names the variable and what to do',
  async (_what, prepare) => {
    const slack = await double();
    prepare(slack);
    const message = await refusal(platform(slack).check?.(OTHER));
    expect(message).toMatch(/^[^\n]*SLACK_CHANNEL_ID[^\n]*channel_not_found[^\n]*\/invite[^\n]*$/);
  },
);

test('a channel that is archived is one, too', async () => {
  const slack = await double();
  slack.archive(CHANNEL);
  expect(await refusal(platform(slack).check?.(CHANNEL))).toMatch(/SLACK_CHANNEL_ID.*is_archived/);
});

test('a channel that the bot is not in is told of, and posted to once it is', async () => {
  const slack = await double();
  slack.kick(CHANNEL);
  const { log, lines } = createBook();
  const bot = platform(slack, { log });
  await bot.check?.(CHANNEL);
  expect(lines).toMatchObject([{ level: 'error', fields: { remedy: expect.stringContaining('/invite @Slidewatch') } }]);
  slack.invite(CHANNEL);
  expect(await bot.post(posting())).toMatchObject({ kind: 'sent' });
});

test('the scopes of the documentation are enough to miss a channel', async () => {
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
] as const)('where %s it lets it be', async (_what, how) => {
  const slack = await double();
  slack.fail({ how, times: 9 });
  await expect(platform(slack).check?.(OTHER)).resolves.toBeUndefined();
});

test('without a network it lets it be', async () => {
  const away = await startSlackDouble();
  await away.close();
  await expect(platform(away).check?.(OTHER)).resolves.toBeUndefined();
});
