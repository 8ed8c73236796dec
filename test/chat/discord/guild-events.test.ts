import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlatformEvents } from '../../../src/channels/platform-events.ts';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { eventually } from '../../eventually.ts';
import { CHANNEL, posting } from './samples.ts';

const HIDDEN = '112233445566778801';
const VOICE = '112233445566778802';
const UPPER = '112233445566778803';
const LOWER = '112233445566778804';

type ReceivedEvent = readonly [kind: keyof PlatformEvents, event: object];

let double: DiscordDouble;
let received: ReceivedEvent[] = [];
const opened: Platform[] = [];

const events: PlatformEvents = {
  invited: async (event) => void received.push(['invited', event]),
  removed: async (event) => void received.push(['removed', event]),
  left: async (event) => void received.push(['left', event]),
  moved: async (event) => void received.push(['moved', event]),
  changed: async (event) => void received.push(['changed', event]),
  used: async () => undefined,
};

/** A started platform that has received its servers. */
const open = async (): Promise<Platform> => {
  const discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: silent, retryMs: 20, events });
  opened.push(discord);
  await discord.start();
  await eventually(() => expect(received).toEqual([['changed', { platform: 'discord' }]]));
  received = [];
  return discord;
};

const expectReceived = (...expected: ReceivedEvent[]) => eventually(() => expect(received).toEqual(expected));

/** Events come in order: once this one has arrived, all earlier ones have too. */
const tellsNothingElse = async () => {
  const before = received.length;
  double.removeChannel(CHANNEL);
  await eventually(() => expect(received.at(-1)).toMatchObject(['removed', { address: CHANNEL }]));
  expect(received).toHaveLength(before + 1);
};

beforeEach(async () => {
  received = [];
  double = await startDiscordDouble();
  double.addChannel(CHANNEL);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((discord) => discord.stop()));
  await double.close();
});

describe('a server that the bot joins', () => {
  const channels = { [HIDDEN]: { viewChannel: false }, [VOICE]: { type: 2 }, [UPPER]: {}, [LOWER]: {} };
  const invited = (workspace: string, address: string, locale = 'en-US'): ReceivedEvent => [
    'invited',
    { platform: 'discord', workspace, address, locale, destination: false },
  ];

  it('is reported with the first text channel that the bot may write in, and its language', async () => {
    await open();
    const id = double.joinGuild({ channels, locale: 'ko' });
    await expectReceived(invited(id, UPPER, 'ko'));
  });

  it('is reported with the channel for newcomers', async () => {
    await open();
    const id = double.joinGuild({ channels, systemChannel: LOWER });
    await expectReceived(invited(id, LOWER));
  });

  it('is not reported with a channel for newcomers that the bot may not write in', async () => {
    await open();
    const id = double.joinGuild({
      channels: { ...channels, [LOWER]: { sendMessages: false } },
      systemChannel: LOWER,
    });
    await expectReceived(invited(id, UPPER));
  });

  it('where the bot may write nowhere is reported as changed: what was set up there may take cards again', async () => {
    await open();
    const workspace = double.joinGuild({ channels: { [HIDDEN]: { viewChannel: false } } });
    await expectReceived(['changed', { platform: 'discord', workspace }]);
  });

  it('is reported once, and not again after an outage or with a new session', async () => {
    await open();
    const id = double.joinGuild({ channels });
    await expectReceived(invited(id, UPPER));
    double.lose(id);
    double.recover(id);
    await tellsNothingElse();
    await Promise.all(opened.splice(0).map((discord) => discord.stop()));
    received = [];
    double.addChannel(CHANNEL);
    await open();
    await tellsNothingElse();
  });

  it('during its outage is reported at the end of it', async () => {
    await open();
    const id = double.joinGuild({ channels, unavailable: true });
    double.recover(id);
    await expectReceived(invited(id, UPPER));
  });
});

describe('a channel that .env names', () => {
  it('is reported with its server as soon as it is checked', async () => {
    const discord = await open();
    await discord.check?.(CHANNEL);
    const place = { workspace: double.guildId, address: CHANNEL };
    await expectReceived(['invited', { platform: 'discord', ...place, destination: true }]);
  });

  it('is not reported if the bot may not see it', async () => {
    double.addChannel(HIDDEN, { viewChannel: false });
    const discord = await open();
    await discord.check?.(HIDDEN);
    await tellsNothingElse();
  });
});

describe('a server or channel that is lost', () => {
  it('is reported when the server removes the bot', async () => {
    await open();
    double.leaveGuild(double.guildId);
    await expectReceived([
      'removed',
      {
        platform: 'discord',
        workspace: double.guildId,
        reason: 'The bot was removed from the server, or the server was deleted.',
        pause: { text: expect.stringContaining('Invite it again'), key: 'discord-removed' },
      },
    ]);
  });

  it('is not reported when the server has an outage', async () => {
    await open();
    const other = double.joinGuild({ channels: { [UPPER]: { viewChannel: false } } });
    await expectReceived(['changed', { platform: 'discord', workspace: other }]);
    double.lose(other);
    await tellsNothingElse();
  });

  it('is reported when the channel is deleted', async () => {
    await open();
    double.removeChannel(CHANNEL);
    const workspace = double.guildId;
    await expectReceived([
      'removed',
      { platform: 'discord', workspace, address: CHANNEL, reason: 'The channel was deleted.' },
    ]);
  });
});

describe('permissions that change', () => {
  it('of a channel are reported with the channel, and posting works by then', async () => {
    double.addChannel(CHANNEL, { sendMessages: false });
    const discord = await open();
    expect(await discord.post(posting())).toMatchObject({ kind: 'forbidden' });
    double.addChannel(CHANNEL);
    await expectReceived(['changed', { platform: 'discord', workspace: double.guildId, address: CHANNEL }]);
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it('of a channel are reported with its threads, which have none of their own', async () => {
    double.addChannel(UPPER);
    double.addThread(LOWER, UPPER);
    await open();
    double.addChannel(UPPER, { sendInThreads: false });
    const changed = (address: string): ReceivedEvent => [
      'changed',
      { platform: 'discord', workspace: double.guildId, address },
    ];
    await expectReceived(changed(UPPER), changed(LOWER));
  });

  it.each([
    ['that was locked', { archived: true, locked: true }, { archived: true, locked: false }, 1],
    ['that was archived', { archived: true, locked: false }, { archived: false, locked: false }, 1],
    ['that is archived again', { archived: false, locked: true }, { archived: true, locked: true }, 0],
    ['of which something else changes', { archived: false, locked: false }, { archived: false, locked: false }, 0],
  ])('of a thread %s are reported if it takes messages by then', async (_what, before, after, times) => {
    double.addThread(LOWER, CHANNEL);
    await open();
    double.changeThread(LOWER, before);
    const changed: ReceivedEvent = ['changed', { platform: 'discord', workspace: double.guildId, address: LOWER }];
    // A thread that gets archived and stays unlocked still takes messages.
    const first = before.archived && !before.locked ? [changed] : [];
    await expectReceived(...first);
    double.changeThread(LOWER, after);
    await expectReceived(...first, ...Array.from({ length: times }, () => changed));
    received = [];
    await tellsNothingElse();
  });

  it('of a thread that was archived before the start are reported, too', async () => {
    double.addThread(LOWER, CHANNEL);
    double.changeThread(LOWER, { archived: true, locked: true });
    await open();
    double.changeThread(LOWER, { archived: false, locked: false });
    await expectReceived(['changed', { platform: 'discord', workspace: double.guildId, address: LOWER }]);
  });

  it('of the bot or of its role are reported with the server', async () => {
    await open();
    const changed: ReceivedEvent = ['changed', { platform: 'discord', workspace: double.guildId }];
    double.changeRole({ sendMessages: false });
    await expectReceived(changed);
    double.changeMember(['300000000000000001']);
    await expectReceived(changed, changed);
  });

  it('are not reported when something else about the channel or the role changes', async () => {
    await open();
    double.addChannel(CHANNEL);
    double.changeRole({});
    double.changeMember([]);
    await tellsNothingElse();
  });
});
