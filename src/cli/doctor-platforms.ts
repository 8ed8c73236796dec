import { pino } from 'pino';
import type { Settings } from '../app/settings.ts';
import { type Platform, PlatformError } from '../chat/platform.ts';
import type { ConfiguredPlatform, NamedChannel } from '../chat/platform-kind.ts';
import { PLATFORM_KINDS } from '../chat/platform-kinds.ts';
import { channelAt, channelsInUse, isAway, type StoredChannel } from '../store/channels.ts';
import type { Db } from '../store/store.ts';
import { lacksFromStore } from '../stories/lacks.ts';
import { pauseFromStore } from '../stories/pause.ts';
import { typedName } from '../stories/platforms.ts';
import { bad, type Finding, none, ok, tried } from './finding.ts';
import { invitationText } from './invitation-text.ts';
import { lookUp } from './own-store.ts';

/** Channels of a platform that are looked at: each costs it a request. */
const MOST_CHANNELS = 20;

/** Warnings that a platform logged during the check, one line each. */
const warnings = (name: string, records: readonly Readonly<Record<string, unknown>>[]): Finding[] =>
  records.map(({ msg, scope, loss, reason, fault, remedy }) =>
    bad(`${name}: ${[msg, scope, loss, reason, fault, remedy].filter((it) => typeof it === 'string').join('; ')}`),
  );

/** The channels in use that people made by a command or an invitation, each with whether cards can be posted there. */
const madeInChat = async (name: string, it: Platform, channels: readonly StoredChannel[]): Promise<Finding[]> => {
  const checked = channels.slice(0, MOST_CHANNELS);
  const findings = await Promise.all(
    checked.map(async ({ address, paused }) => {
      const where = `${name}: channel ${address}, made in the chat`;
      const isOpen = await it.isOpen?.(address);
      if (isOpen === false)
        return bad(
          `${where}, takes no cards; invite the bot again and check its permissions, or remove it with /setup`,
        );
      if (isOpen === undefined) return none(`${where}, could not be looked at`);
      return paused === null ? ok(`${where}, found`) : none(`${where}, found; paused: ${pauseFromStore(paused).text}`);
    }),
  );
  const rest = channels.length - checked.length;
  return rest === 0 ? findings : [...findings, none(`${name}: ${rest} more channels made in chats, not looked at`)];
};

/** The channels that a file of config names, each with whether its host can be reached, and why it takes no cards. */
const ofFile = (
  name: string,
  it: Platform,
  channels: readonly NamedChannel[],
  stored: readonly StoredChannel[],
): Promise<Finding[]> =>
  Promise.all(
    channels.map(async ({ address }) => {
      try {
        await it.check?.(address);
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        return bad(`${name}: ${error.message}`);
      }
      const row = stored.find((channel) => channel.address === address);
      if (row && isAway(row))
        return bad(
          `${name}: ${address} has ended. ${row.status_reason} Restart the bot to try it again, or take it out of config/channels.yaml.`,
        );
      const paused = row?.paused ?? null;
      return paused === null
        ? ok(`${name}: ${address}, host found`)
        : bad(`${name}: ${address} takes no cards: ${pauseFromStore(paused).text}`);
    }),
  );

/** The channels of a platform in use; those that a file of config names whatever their state. */
const storedChannels = async (db: Db, id: string, named: readonly NamedChannel[]): Promise<StoredChannel[]> => {
  if (named.length === 0) return channelsInUse(db, id);
  const found = await Promise.all(named.map(({ address }) => channelAt(db, id, address)));
  return found.flatMap((channel) => channel ?? []);
};

/** Starts a platform, checks its token, scopes and channel permissions, and stops it. */
const platform = async (
  name: string,
  configured: ConfiguredPlatform,
  made: readonly StoredChannel[],
): Promise<Finding[]> => {
  const { channelId, channels = [] } = configured.options;
  const records: Record<string, unknown>[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void records.push(JSON.parse(line)) });
  const it = await configured.createToLook(log);
  const invitations = () => (it.invitations?.() ?? []).map((each) => ok(`${name}: ${invitationText(each)}`));
  try {
    await it.start();
    if (channelId !== undefined) await it.check?.(channelId);
    const found = warnings(name, records);
    if (channels.length > 0) return [...found, ...(await ofFile(name, it, channels, made))];
    const others = await madeInChat(
      name,
      it,
      made.filter(({ address }) => address !== channelId),
    );
    if (found.length > 0) return [...found, ...others, ...invitations()];
    const setup = typedName('setup', configured.id);
    const place =
      channelId === undefined
        ? others.length > 0
          ? ''
          : `; no channel in .env: use ${setup} or invite the bot to one`
        : `, channel ${channelId} found`;
    return [ok(`${name}: token valid${place}`), ...others, ...invitations()];
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return [bad(`${name}: ${error.message}`), ...invitations()];
  } finally {
    await it.stop();
  }
};

/** Parts of a card, such as pictures, that channels refuse, from the bot's database. */
export const lacking = async (): Promise<Finding[]> => {
  const channels = await lookUp(async (db) =>
    Promise.all(PLATFORM_KINDS.map(({ id }) => channelsInUse(db, id))).then((all) => all.flat()),
  );
  return (channels ?? []).flatMap(({ platform: id, address, lacks }) =>
    Object.entries(lacksFromStore(lacks)).map(([part, { text }]) =>
      bad(`${id} channel ${address}: cards come without ${part}; ${text}`),
    ),
  );
};

/**
 * Each platform that can be set up. `hasStore`: whether the database can be asked for its channels; `faulty`: ids of those whose
 * settings have a fault, which is said already.
 */
export const platforms = async (
  settings: Settings,
  { hasStore, faulty }: { readonly hasStore: boolean; readonly faulty: readonly string[] },
): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const { id, name, unset, invitations } of PLATFORM_KINDS) {
    const configured = settings.platforms.find((it) => it.id === id);
    if (configured) {
      const named = configured.options.channels ?? [];
      const made = hasStore ? await lookUp((db) => storedChannels(db, id, named)) : undefined;
      findings.push(...(await tried(() => platform(name, configured, made ?? []))));
      continue;
    }
    const texts = [...(faulty.includes(id) ? [] : [unset]), ...(invitations?.() ?? []).map(invitationText)];
    findings.push(...texts.map((text) => none(`${name}: ${text}`)));
  }
  return findings;
};
