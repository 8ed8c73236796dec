import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlatformEvents } from '../../../src/channels/platform-events.ts';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { CHANNEL, posting } from './samples.ts';

const HIDDEN = '112233445566778801';
const VOICE = '112233445566778802';
const UPPER = '112233445566778803';
const LOWER = '112233445566778804';

type Told = readonly [kind: keyof PlatformEvents, event: object];

let double: DiscordDouble;
let told: Told[] = [];
const opened: Platform[] = [];

const events: PlatformEvents = {
  invited: async (event) => void told.push(['invited', event]),
  removed: async (event) => void told.push(['removed', event]),
  changed: async (event) => void told.push(['changed', event]),
};

/** Started, and told of the servers it is in already. */
const open = async (): Promise<Platform> => {
  const discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: silent, retryMs: 20, events });
  opened.push(discord);
  await discord.start();
  await vi.waitFor(() => expect(told).toEqual([['changed', { platform: 'discord' }]]));
  told = [];
  return discord;
};

const tells = (...expected: Told[]) => vi.waitFor(() => expect(told).toEqual(expected));

/** Events come in order: once this one is told, whatever else would have been told before is there, too. */
const tellsNothingElse = async () => {
  const before = told.length;
  double.removeChannel(CHANNEL);
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject(['removed', { address: CHANNEL }]));
  expect(told).toHaveLength(before + 1);
};

beforeEach(async () => {
  told = [];
  double = await startDiscordDouble();
  double.addChannel(CHANNEL);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((discord) => discord.stop()));
  await double.close();
});

describe('a server that takes the bot in', () => {
  const channels = { [HIDDEN]: { viewChannel: false }, [VOICE]: { type: 2 }, [UPPER]: {}, [LOWER]: {} };
  const invited = (workspace: string, address: string, locale = 'en-US'): Told => [
    'invited',
    { platform: 'discord', workspace, address, locale, destination: false },
  ];

  it('is told of with the first text channel that may be written in, and its language', async () => {
    await open();
    const id = double.joinGuild({ channels, locale: 'ko' });
    await tells(invited(id, UPPER, 'ko'));
  });

  it('is told of with the channel where newcomers are announced', async () => {
    await open();
    const id = double.joinGuild({ channels, systemChannel: LOWER });
    await tells(invited(id, LOWER));
  });

  it('is not told of with a channel for newcomers in which the bot may not write', async () => {
    await open();
    const id = double.joinGuild({
      channels: { ...channels, [LOWER]: { sendMessages: false } },
      systemChannel: LOWER,
    });
    await tells(invited(id, UPPER));
  });

  it('is not told of where there is nowhere to write', async () => {
    await open();
    double.joinGuild({ channels: { [HIDDEN]: { viewChannel: false } } });
    await tellsNothingElse();
  });

  it('is told of once, and not again after an outage or with a new session', async () => {
    await open();
    const id = double.joinGuild({ channels });
    await tells(invited(id, UPPER));
    double.lose(id);
    double.recover(id);
    await tellsNothingElse();
    await Promise.all(opened.splice(0).map((discord) => discord.stop()));
    told = [];
    double.addChannel(CHANNEL);
    await open();
    await tellsNothingElse();
  });

  it('in the middle of its outage, is told of at the end of it', async () => {
    await open();
    const id = double.joinGuild({ channels, unavailable: true });
    double.recover(id);
    await tells(invited(id, UPPER));
  });
});

describe('a channel that .env names', () => {
  it('is told of with its server as soon as it is looked at', async () => {
    const discord = await open();
    await discord.check?.(CHANNEL);
    const place = { workspace: double.guildId, address: CHANNEL };
    await tells(['invited', { platform: 'discord', ...place, destination: true }]);
  });

  it('is not told of where the bot may not see it', async () => {
    double.addChannel(HIDDEN, { viewChannel: false });
    const discord = await open();
    await discord.check?.(HIDDEN);
    await tellsNothingElse();
  });
});

describe('a place that is lost', () => {
  it('is told of where the server throws the bot out', async () => {
    await open();
    double.leaveGuild(double.guildId);
    await tells([
      'removed',
      {
        platform: 'discord',
        workspace: double.guildId,
        reason: 'The bot was removed from the server, or the server was deleted.',
      },
    ]);
  });

  it('is not told of where the server has an outage', async () => {
    await open();
    const other = double.joinGuild({ channels: { [UPPER]: { viewChannel: false } } });
    double.lose(other);
    await tellsNothingElse();
  });

  it('is told of where the channel is deleted', async () => {
    await open();
    double.removeChannel(CHANNEL);
    const workspace = double.guildId;
    await tells(['removed', { platform: 'discord', workspace, address: CHANNEL, reason: 'The channel was deleted.' }]);
  });
});

describe('permissions that change', () => {
  it('of a channel are told of with the channel, and posting works by then', async () => {
    double.addChannel(CHANNEL, { sendMessages: false });
    const discord = await open();
    expect(await discord.post(posting())).toMatchObject({ kind: 'forbidden' });
    double.addChannel(CHANNEL);
    await tells(['changed', { platform: 'discord', workspace: double.guildId, address: CHANNEL }]);
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it("of the bot's role or of its roles are told of with the server", async () => {
    await open();
    const changed: Told = ['changed', { platform: 'discord', workspace: double.guildId }];
    double.changeRole({ sendMessages: false });
    await tells(changed);
    double.changeMember(['300000000000000001']);
    await tells(changed, changed);
  });

  it('are not told of where something else about the channel or the role changes', async () => {
    await open();
    double.addChannel(CHANNEL);
    double.changeRole({});
    double.changeMember([]);
    await tellsNothingElse();
  });
});
