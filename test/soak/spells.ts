import type { DiscordDouble } from '../doubles/discord/double.ts';
import {
  type Fault as DiscordFault,
  type Asked as DiscordRequest,
  isPostedMessage,
  page,
  refusal,
} from '../doubles/discord/faults.ts';
import type { Call } from '../doubles/slack/call.ts';
import type { SlackDouble } from '../doubles/slack/double.ts';
import type { Failure } from '../doubles/slack/failures.ts';
import type { SoakChannel } from './places.ts';

/** A refusal that lasts for some time, and what ends it. `Request` and `Fault` are those of a platform's double. */
export interface Spell<Request, Fault> {
  readonly kind: string;
  /** Which requests meet it; none: it is not about requests. */
  readonly meets?: (request: Request) => boolean;
  /** What such a request gets; undefined: whatever the double answers by itself. */
  readonly fault?: (request: Request) => Fault | undefined;
  begin?(): void;
  /** Takes the cause back and tells the bot what the platform tells it then, if anything. May be called again if that was lost. */
  end?(): Promise<unknown> | undefined;
  /** What the channel was owed is dropped, and nothing is owed until it is in use again: the channel, or all of the platform. */
  readonly ends?: 'channel' | 'platform';
  /** A bot that starts now leaves the platform out, and ends if it has no other. */
  readonly refusesStart?: true;
}

type OfDiscord = Spell<DiscordRequest, DiscordFault>;
type OfSlack = Spell<Call, Failure>;

/** Where Cloudflare bans an address: no header of Discord's. Retry-After in seconds. */
const banned = (body: string): DiscordFault => ({
  kind: 'answer',
  status: 429,
  body,
  headers: { 'Content-Type': 'text/plain', Server: 'cloudflare', 'Retry-After': '20' },
});

/** Tells whether a message has a part, by its body. */
const PARTS = { picture: /attachment:|slack_file/, buttons: /ask\?name=|"type":"actions"/, ping: /<@&\d|<!subteam/ };
const has = (part: keyof typeof PARTS, body: unknown): boolean => PARTS[part].test(JSON.stringify(body ?? null));

/**
 * Refusals of one channel, in turn; a thread gets others as well. `guest`: the second server, if this is the channel whose
 * turn it is to be thrown out with all others there.
 */
export const discordPlaceSpells = (
  discord: DiscordDouble,
  { address, home }: SoakChannel,
  guest?: string,
): readonly OfDiscord[] => {
  const meets = ({ path, method }: DiscordRequest) => method === 'POST' && path === `/channels/${address}/messages`;
  const withPart =
    (part: keyof typeof PARTS, fault: DiscordFault) =>
    ({ payload }: DiscordRequest) =>
      has(part, payload) ? fault : undefined;
  const thread = (name: string, archived: boolean): OfDiscord => ({
    ...{ kind: name, meets },
    begin: () => discord.changeThread(address, { archived, locked: true }),
    end: () => void discord.changeThread(address, { archived: false, locked: false }),
  });
  const lacking = (name: string, permissions: Parameters<DiscordDouble['addChannel']>[1]): OfDiscord => ({
    ...{ kind: name, meets },
    begin: () => discord.addChannel(address, permissions),
    end: () => void discord.addChannel(address),
  });
  const parts: OfDiscord[] = [
    { kind: '50035 for the picture', meets, fault: withPart('picture', refusal(400, 50035, 'Invalid Form Body')) },
    { kind: '50035 for the buttons', meets, fault: withPart('buttons', refusal(400, 50035, 'Invalid Form Body')) },
    { kind: '50035 for the ping', meets, fault: withPart('ping', refusal(400, 50035, 'Invalid Form Body')) },
    { kind: 'AutoMod for the picture', meets, fault: withPart('picture', refusal(400, 200000, 'Blocked by AutoMod')) },
  ];
  switch (home) {
    case 'thread':
      return [thread('locked thread', false), thread('archived thread', true), ...parts.slice(0, 1)];
    case 'guest':
      return guest === undefined
        ? parts.slice(1)
        : [
            {
              ...{ kind: 'thrown out and invited again', meets },
              begin: () => discord.leaveGuild(guest),
              end: () => void discord.rejoinGuild(guest),
            },
            ...parts.slice(1),
          ];
    case 'text':
      return [
        lacking('no Send Messages', { sendMessages: false }),
        lacking('no View Channel', { viewChannel: false }),
        lacking('no Attach Files', { attachFiles: false }),
        ...parts,
        { kind: 'a code in no list', meets, fault: () => refusal(400, 59_999, 'Something new') },
      ];
  }
};

const everyPost = (kind: string, fault: DiscordFault): OfDiscord => ({
  kind,
  meets: isPostedMessage,
  fault: () => fault,
});

/** Refusals of all of Discord. */
export const discordSpells = (discord: DiscordDouble): readonly OfDiscord[] => {
  const gateway = (kind: string, mood: DiscordDouble['gateway']['mood']): OfDiscord => ({
    kind,
    begin: () => {
      discord.gateway.mood = mood;
      discord.dropSockets();
    },
    end: () => {
      discord.gateway.mood = 'up';
      return undefined;
    },
  });
  return [
    everyPost('a page, 403', page(403)),
    {
      ...{ kind: 'token refused', refusesStart: true, meets: () => true },
      begin: () => discord.revokeToken(),
      end: () => void discord.restoreToken(),
    },
    everyPost("Cloudflare's 429", banned('<html>Too Many Requests</html>')),
    everyPost('error 1015', banned('error code: 1015')),
    everyPost('40333', refusal(403, 40_333, 'internal network error')),
    everyPost('a page, 502 with Retry-After', page(502, { 'Retry-After': '5' })),
    everyPost('40004', refusal(403, 40_004, 'Send messages has been temporarily disabled')),
    everyPost('40002', refusal(403, 40_002, 'You need to verify your account')),
    gateway('gateway refuses', 'refusing'),
    gateway('gateway is silent', 'silent'),
    {
      kind: 'sessions forgotten',
      begin: () => {
        discord.gateway.forgetSessions();
        discord.dropSockets();
      },
    },
  ];
};

/** Refusals of one channel of Slack's, in turn. */
export const slackPlaceSpells = (slack: SlackDouble, { address }: SoakChannel): readonly OfSlack[] => {
  const channelId = address;
  const meets = ({ method, params }: Call) => method === 'chat.postMessage' && params.channel === address;
  const error = (code: string): Failure => ({ kind: 'error', error: code });
  const invite = () => slack.inviteBot({ channelId });
  const withPart =
    (part: keyof typeof PARTS, code: string) =>
    ({ params }: Call) =>
      has(part, params.blocks) ? error(code) : undefined;
  return [
    {
      ...{ kind: 'not_in_channel', meets },
      begin: () => slack.kick(address),
      end: invite,
    },
    { kind: 'invalid_blocks for the buttons', meets, fault: withPart('buttons', 'invalid_blocks') },
    {
      ...{ kind: 'is_archived', ends: 'channel', meets },
      begin: () => slack.archive(address),
      end: () => slack.unarchiveChannel({ channelId }),
    },
    { kind: 'restricted_action', meets, fault: () => error('restricted_action'), end: invite },
    {
      kind: 'files may not be shared',
      meets,
      fault: withPart('picture', 'slack_connect_file_link_sharing_blocked'),
    },
    { kind: 'channel_not_found', ends: 'channel', meets, fault: () => error('channel_not_found'), end: invite },
    { kind: 'no_such_subteam', meets, fault: withPart('ping', 'no_such_subteam') },
    { kind: 'invalid_blocks for the picture', meets, fault: withPart('picture', 'invalid_blocks') },
    {
      ...{ kind: 'thrown out and invited again', ends: 'channel' },
      begin: () => void slack.throwOut({ channelId }).catch(() => undefined),
      end: invite,
    },
    { kind: 'a code in no list', meets, fault: () => error('something_new') },
  ];
};

const isPost = ({ method }: Call): boolean => method === 'chat.postMessage';

/** Refusals of all of Slack. */
export const slackSpells = (slack: SlackDouble): readonly OfSlack[] => {
  const everywhere = (kind: string, failure: Failure, meets = isPost): OfSlack => ({
    ...{ kind, meets },
    fault: () => failure,
  });
  const refused = (code: string): OfSlack => ({
    ...{ kind: code, refusesStart: true, meets: () => true },
    begin: () => slack.revokeToken(code),
    end: () => void slack.restoreTokens(),
  });
  return [
    refused('invalid_auth'),
    everywhere('ratelimited', { kind: 'ratelimited', retryAfter: 15 }),
    everywhere('a page, 403', { kind: 'status', status: 403 }),
    everywhere('service_unavailable', { kind: 'error', error: 'service_unavailable', applied: true }),
    { ...refused('token_revoked'), ends: 'platform' },
    everywhere('a page, 403 with Retry-After', { kind: 'status', status: 403, retryAfter: 10 }),
    everywhere('fatal_error', { kind: 'error', error: 'fatal_error' }),
    {
      ...{ kind: 'app token refused', refusesStart: true },
      begin: () => {
        slack.revokeAppToken();
        slack.dropSockets();
      },
      end: () => void slack.restoreTokens(),
    },
    { ...refused('account_inactive'), ends: 'platform' },
    everywhere('message_limit_exceeded', { kind: 'error', error: 'message_limit_exceeded' }),
    { kind: 'socket to be refreshed', begin: () => slack.disconnectSockets('refresh_requested') },
    // What is frozen is cut in the end, or the double would go on sending into it.
    { kind: 'socket frozen', begin: () => slack.freezeSockets(), end: () => void slack.dropSockets() },
  ];
};
