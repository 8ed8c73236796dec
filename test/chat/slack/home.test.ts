import { describe, expect, test } from 'vitest';
import type { Channel, ChannelSettings } from '../../../src/stories/channel.ts';
import { memoryChannels } from '../../commands/memory-channels.ts';
import type { SlackDouble, SlackDoubleOptions } from '../../doubles/slack/double.ts';
import type { OpenView } from '../../doubles/slack/workspace.ts';
import { NOW, type RealBot, realBot } from './real-bot.ts';
import { CHANNEL, calls, double, platform } from './support.ts';

const ADMIN = 'U0000000002';
const TEAM = 'T0000000001';

const settings: ChannelSettings = {
  timeZone: 'Asia/Seoul',
  kinds: ['drawdown', 'day', 'digest'],
  without: ['AAPL'],
  rules: { NVDA: { drawdown: { 252: [1000, 3000] }, day: [] } },
  ping: { id: 'S0123456789', from: 2000 },
  quiet: { from: '22:00', to: '07:00' },
  digest: { at: '08:30', days: [1, 3, 5], closedDays: true },
};

/** A workspace with an administrator, and a bot that has these channels. */
const workspace = async (
  places: readonly (Partial<Pick<Channel, 'address' | 'madeBy' | 'settings' | 'workspace'>> & {
    readonly language?: string;
  })[],
  options: SlackDoubleOptions = {},
): Promise<RealBot & { readonly slack: SlackDouble }> => {
  const slack = await double(options);
  slack.setPerson(ADMIN, { admin: true });
  const channels = memoryChannels();
  for (const { address = CHANNEL, language = 'en', ...made } of places)
    await channels.open({ platform: 'slack', address }, { language, origin: 'setup', workspace: TEAM, ...made }, NOW);
  return { slack, ...(await realBot(slack, { channels })) };
};

const opened = async (slack: SlackDouble, userId = ADMIN): Promise<OpenView> => {
  await slack.openHome({ userId });
  await slack.until(() => slack.home(userId) !== undefined);
  const home = slack.home(userId);
  if (home === undefined) throw new Error('expected App Home');
  return home;
};

const textOf = (view: OpenView | undefined): string => JSON.stringify(view?.view.blocks);

const edit = async (slack: SlackDouble, value = CHANNEL, userId = ADMIN): Promise<OpenView> => {
  await opened(slack, userId);
  const before = slack.modals.length;
  await slack.pressHome({ label: 'Edit', value, userId });
  await slack.until(() => slack.modals.length > before);
  const modal = slack.modals.at(-1);
  if (modal === undefined) throw new Error('expected a modal');
  return modal;
};

const at = ({ channels }: RealBot, address = CHANNEL) => channels.at({ platform: 'slack', address });

describe('App Home', () => {
  test('shows every channel of the workspace with its settings', async () => {
    const { slack } = await workspace([{ settings }, { address: 'C0000000003' }]);
    const text = textOf(await opened(slack));
    for (const part of [CHANNEL, 'C0000000003', 'Seoul', '08:30', '22:00', '07:00', 'S0123456789', 'AAPL', 'Mon'])
      expect(text).toContain(part);
    expect(slack.invalid).toEqual([]);
  });

  test("is in the reader's language", async () => {
    const { slack } = await workspace([{ settings }]);
    slack.setPerson(ADMIN, { admin: true, locale: 'ko-KR' });
    expect(textOf(await opened(slack))).toContain('이 워크스페이스의 채널');
  });

  test('shows underscores and asterisks as they were written, where Slack would take them for marks', async () => {
    const { slack } = await workspace([{ settings: { ...settings, also: ['_A*_'] } }]);
    const { blocks } = (await opened(slack)).view;
    const fields = (Array.isArray(blocks) ? blocks : []).flatMap(
      (block): { readonly text: string }[] => Reflect.get(block, 'fields') ?? [],
    );
    const marked = fields.filter(({ text }) => text.includes('_A*_'));
    expect(marked).toEqual([{ type: 'plain_text', text: expect.stringMatching(/^[^*]+\n.*_A\*_/), emoji: false }]);
    expect(fields.length).toBeGreaterThan(6);
    for (const { text } of fields.filter((field) => field !== marked[0])) expect(text).toMatch(/^\*[^*]+\*\n/);
    expect(slack.invalid).toEqual([]);
  });

  test('of a long list with such marks shows the lines that fit', async () => {
    const symbols = Array.from({ length: 90 }, (_, n) => `_${n}*`);
    const rules = Object.fromEntries(symbols.map((symbol) => [symbol, { drawdown: { 252: [1000, 3000] }, day: [] }]));
    const { slack } = await workspace([{ settings: { ...settings, also: symbols, rules } }]);
    expect(textOf(await opened(slack))).toContain('_0*');
    expect(slack.invalid).toEqual([]);
  });

  test('says why a channel is paused and what to do', async () => {
    const { slack, channels } = await workspace([{}]);
    channels.pause(1, 'The bot is not in the channel. Type /invite @Slidewatch in the channel.');
    expect(textOf(await opened(slack))).toContain('Type /invite @Slidewatch in the channel.');
  });

  test('says which parts a channel’s cards lack and what to do', async () => {
    const { slack, channels } = await workspace([{}]);
    const at = NOW;
    channels.lack(1, {
      picture: { at, text: '', key: 'slack-files', values: { code: 'x' } },
      links: { at, text: 'No.' },
    });
    const text = textOf(await opened(slack));
    expect(text).toContain('Cards in this channel come without their picture. Slack takes no files');
    expect(text).toContain('Cards in this channel come without links. No.');
  });

  test('says of a paused channel only why it is, whatever its cards lacked', async () => {
    const { slack, channels } = await workspace([{}]);
    channels.lack(1, { links: { at: NOW, text: 'No.' } });
    channels.pause(1, 'The bot is not in the channel.');
    expect(textOf(await opened(slack))).not.toContain('without links');
  });

  test('shows no channel of another workspace', async () => {
    const { slack } = await workspace([{}, { address: 'C0000000003', workspace: 'T0000000009' }]);
    expect(textOf(await opened(slack))).not.toContain('C0000000003');
  });

  test('shows a private channel to its members, the person who set it up and administrators, and counts it for others', async () => {
    const { slack } = await workspace([{}, { address: 'G0000000009', madeBy: 'U0000000006' }]);
    slack.addChannel('G0000000009', { isPrivate: true });
    slack.setPerson('U0000000005', { outside: ['G0000000009'] });
    slack.setPerson('U0000000006', { outside: ['G0000000009'] });
    slack.setPerson('U0000000007', {});
    for (const userId of [ADMIN, 'U0000000006', 'U0000000007'])
      expect(textOf(await opened(slack, userId))).toContain('G0000000009');
    const text = textOf(await opened(slack, 'U0000000005'));
    expect(text).toContain('One private channel is visible only to its members.');
    expect(text).toContain(CHANNEL);
    expect(text).not.toContain('G0000000009');
    expect(slack.invalid).toEqual([]);
  });

  test('says how to begin if there is no channel', async () => {
    const { slack } = await workspace([]);
    expect(textOf(await opened(slack))).toContain('/invite @Slidewatch');
  });

  test('has pages, so that no number of channels is too many for Slack', async () => {
    const places = Array.from({ length: 53 }, (_, n) => ({
      address: `C00000010${String(n).padStart(2, '0')}`,
      settings,
    }));
    const { slack, channels } = await workspace(places);
    for (const { id } of await channels.of('slack')) channels.pause(id, 'x'.repeat(4_000));
    expect(textOf(await opened(slack))).not.toContain('C0000001020');
    for (const label of ['More channels', 'More channels', 'Previous channels']) {
      const { edits } = slack.home(ADMIN) ?? { edits: 0 };
      await slack.pressHome({ label });
      await slack.until(() => (slack.home(ADMIN)?.edits ?? 0) > edits);
    }
    expect(textOf(slack.home(ADMIN))).toContain('C0000001020');
    expect(slack.invalid).toEqual([]);
  });

  test('is not published for the other tabs', async () => {
    const { slack, bot } = await workspace([{}]);
    await slack.openHome({ tab: 'messages' });
    await opened(slack);
    await bot.stop();
    expect(calls(slack, 'views.publish')).toBe(1);
  });

  test('does not affect the rest if Slack refuses it', async () => {
    const { slack, bot } = await workspace([{}]);
    slack.fail({ method: 'views.publish', how: { kind: 'error', error: 'not_enabled' } });
    await slack.openHome();
    await slack.until(() => calls(slack, 'views.publish') === 1);
    await opened(slack);
    expect(bot.connected()).toBe(true);
  });
});

describe('the settings modal', () => {
  test('shows the current settings, and submitting them unchanged changes nothing', async () => {
    const real = await workspace([{ settings, language: 'ko' }]);
    const { slack, channels } = real;
    const before = channels.dump();
    await edit(slack);
    const { edits } = slack.home(ADMIN) ?? { edits: 0 };
    await slack.submit({});
    await slack.until(() => (slack.home(ADMIN)?.edits ?? 0) > edits);
    expect([channels.dump(), slack.modals, slack.invalid]).toEqual([before, [], []]);
  });

  test('changes every setting, and App Home is published again', async () => {
    const real = await workspace([{ settings }]);
    const { slack } = real;
    await edit(slack);
    await slack.submit({
      language: 'ko',
      zone: 'london',
      kinds: ['day', 'recovery'],
      digest: ['on'],
      time: '18:15',
      days: ['2', '5'],
      'quiet-from': '23:00',
      'quiet-to': '06:30',
    });
    await slack.until(() => textOf(slack.home(ADMIN)).includes('18:15'));
    expect(await at(real)).toMatchObject({
      language: 'ko',
      settings: {
        timeZone: 'Europe/London',
        kinds: ['day', 'recovery', 'digest'],
        digest: { at: '18:15', days: [2, 5] },
        quiet: { from: '23:00', to: '06:30' },
      },
    });
    expect((await at(real))?.settings).toMatchObject({ without: ['AAPL'], ping: settings.ping, rules: settings.rules });
    expect(slack.modals).toEqual([]);
  });

  test('turns off everything that can be off', async () => {
    const real = await workspace([{ settings }]);
    const { slack } = real;
    await edit(slack);
    await slack.submit({ kinds: [], digest: [], time: null, days: [], 'quiet-from': null, 'quiet-to': null });
    await slack.until(() => slack.modals.length === 0);
    const { kinds, digest, quiet } = (await at(real))?.settings ?? {};
    expect([kinds, digest ?? {}, quiet]).toEqual([[], {}, undefined]);
  });

  test.each([
    ['zone', { zone: 'Atlantis' }, /Atlantis/],
    ['quiet-from', { 'quiet-to': null }, /22:00/],
    ['quiet-from', { 'quiet-from': '07:00' }, /07:00/],
  ] as const)('says at the field %s what is wrong with %o', async (field, wrong, says) => {
    const real = await workspace([{ settings }]);
    const before = real.channels.dump();
    await edit(real.slack);
    await real.slack.submit(wrong);
    expect(real.slack.modals[0]?.errors).toEqual({ [field]: expect.stringMatching(says) });
    expect(real.channels.dump()).toBe(before);
    // Mended, it goes through.
    await real.slack.submit({});
    await real.slack.until(() => real.slack.modals.length === 0);
  });

  test('is not opened for people who may not change the channel, and says why', async () => {
    const { slack } = await workspace([{ settings }]);
    const modal = await edit(slack, CHANNEL, 'U0000000005');
    expect(modal.view).not.toHaveProperty('submit');
    expect(textOf(modal)).toMatch(/workspace admins/i);
  });

  test('names the missing scope if Slack does not tell who may', async () => {
    const { slack } = await workspace([{ settings }]);
    slack.setScopes(['chat:write', 'commands']);
    expect(textOf(await edit(slack))).toMatch(/users:read.*OAuth/);
  });

  test('opens for the person who set up the channel, too', async () => {
    const { slack } = await workspace([{ settings, madeBy: 'U0000000005' }]);
    expect((await edit(slack, CHANNEL, 'U0000000005')).view).toHaveProperty('submit');
  });

  test('checks the right again at submission: without it nothing is changed', async () => {
    const real = await workspace([{ settings, madeBy: 'U0000000005' }]);
    const { slack, channels } = real;
    await edit(slack, CHANNEL, 'U0000000005');
    const { id = 0 } = (await at(real)) ?? {};
    await channels.close({ platform: 'slack', address: CHANNEL }, 'gone', NOW);
    const { payload } = await slack.submit({ zone: 'Seoul' });
    expect(payload).toMatchObject({ response_action: 'update' });
    expect(JSON.stringify(payload)).toMatch(/workspace admins/i);
    expect([id, await at(real)]).toEqual([1, undefined]);
  });

  test('sets up a channel that is chosen in it', async () => {
    const real = await workspace([]);
    const { slack } = real;
    slack.setPerson(ADMIN, { admin: true, tz: 'Asia/Seoul' });
    await opened(slack);
    await slack.pressHome({ label: 'Set up a channel' });
    await slack.until(() => slack.modals.length === 1);
    await slack.submit({ channel: CHANNEL, language: 'ko', kinds: ['drawdown'] });
    await slack.until(() => textOf(slack.home(ADMIN)).includes(CHANNEL));
    expect(await at(real)).toMatchObject({
      language: 'ko',
      madeBy: ADMIN,
      workspace: TEAM,
      settings: { timeZone: 'Asia/Seoul', kinds: ['drawdown', 'digest'] },
    });
  });

  test('shows a missing right at the chosen channel', async () => {
    const { slack, bot } = await workspace([]);
    await bot.stop();
    const real = await realBot(slack, { over: { managers: 'members' } });
    slack.setPerson('U0000000005', { outside: ['C0000000003'] });
    slack.addChannel('C0000000003');
    await opened(slack, 'U0000000005');
    await slack.pressHome({ label: 'Set up a channel', userId: 'U0000000005' });
    await slack.until(() => slack.modals.length === 1);
    await slack.submit({ channel: 'C0000000003' });
    expect(slack.modals[0]?.errors).toEqual({ channel: expect.stringMatching(/^Only members of this channel/) });
    await slack.submit({ channel: CHANNEL });
    await slack.until(() => slack.modals.length === 0);
    expect(await at(real)).toBeDefined();
  });

  test('says at the chosen channel that the bot has to be invited before anything is set up', async () => {
    const real = await workspace([]);
    const { slack } = real;
    slack.addChannel(CHANNEL, { member: false });
    await opened(slack);
    await slack.pressHome({ label: 'Set up a channel' });
    await slack.until(() => slack.modals.length === 1);
    await slack.submit({ channel: CHANNEL });
    expect(slack.modals[0]?.errors).toEqual({ channel: expect.stringContaining('/invite @Slidewatch') });
    expect(await real.channels.of('slack')).toEqual([]);
  });

  test('opens although Slack does not tell who asks: submitting checks again', async () => {
    const { slack, bot, channels } = await workspace([{ settings }]);
    await bot.stop();
    await realBot(slack, { channels, over: { timeoutMs: 10_000 } });
    slack.fail({ method: 'users.info', how: { kind: 'hang' } });
    expect((await edit(slack)).view).toHaveProperty('submit');
  });

  test('works over a restart, because it holds its channel', async () => {
    const real = await workspace([{ settings }]);
    const { slack, channels } = real;
    await edit(slack);
    await real.bot.stop();
    await realBot(slack, { channels });
    await slack.submit({ zone: 'Tokyo' });
    await slack.until(() => slack.modals.length === 0);
    expect((await at(real))?.settings.timeZone).toBe('Asia/Tokyo');
  });

  test('is not opened for a channel that has ended', async () => {
    const { slack, channels } = await workspace([{ settings }]);
    await opened(slack);
    await channels.close({ platform: 'slack', address: CHANNEL }, 'gone', NOW);
    await slack.pressHome({ label: 'Edit' });
    await slack.until(() => (slack.home(ADMIN)?.edits ?? 0) > 1);
    expect([slack.modals, textOf(slack.home(ADMIN)).includes(CHANNEL)]).toEqual([[], false]);
  });
});

test.each(['expired_trigger_id', 'trigger_expired', 'invalid_trigger_id'])(
  'a press that Slack finds too late (%s) is acknowledged, and the person is asked on Home to press again',
  async (error) => {
    const { slack, ...room } = await workspace([{}]);
    await opened(slack);
    slack.fail({ method: 'views.open', how: { kind: 'error', error } });
    await slack.pressHome({ label: 'Edit', value: CHANNEL });
    await slack.until(() => textOf(slack.home(ADMIN)).includes('press the button again'));
    expect([slack.modals, slack.late, slack.invalid]).toEqual([[], [], []]);
    // The next try drops the sentence.
    await slack.pressHome({ label: 'Edit', value: CHANNEL });
    await slack.until(() => slack.modals.length === 1);
    expect(textOf(await opened(slack))).toContain('Channels in this workspace');
    await expect.poll(() => textOf(slack.home(ADMIN))).not.toContain('press the button again');
    await room.bot.stop();
  },
);

test('App Home and its modal are valid in every language', async () => {
  const slack = await double();
  const channels = memoryChannels();
  await channels.open({ platform: 'slack', address: CHANNEL }, { language: 'en', origin: 'setup', settings }, NOW);
  await realBot(slack, { channels });
  for (const [n, locale] of ['en-GB', 'ko-KR'].entries()) {
    const userId = `U000000002${n}`;
    slack.setPerson(userId, { admin: true, locale });
    await opened(slack, userId);
    await slack.pressHome({ label: n === 0 ? 'Edit' : '수정', userId });
    await slack.until(() => slack.modals.length === n + 1);
  }
  expect(slack.invalid).toEqual([]);
});

test('without questions App Home is acknowledged and does nothing', async () => {
  const slack = await double();
  await platform(slack).start();
  await slack.openHome();
  expect(slack.home()).toBeUndefined();
});
