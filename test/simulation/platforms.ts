import type { Edit, EditOutcome, Outcome, Platform, Posting } from '../../src/chat/platform.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import type { Fault, FaultKind } from './faults.ts';
import { takesNone } from './orders.ts';
import type { Scenario } from './scenario.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A card in a channel. */
export interface Message {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of a direct message: its card as JSON. */
  readonly text?: string;
}

/** An edit of a posted card that was made. */
export interface MadeEdit extends Message {
  readonly room: string;
  /** What is added to the card, as JSON. */
  readonly text: string;
}

/** The channels of both platforms, which outlive the bot. By `PLATFORM ADDRESS`. */
export type Rooms = ReadonlyMap<string, Message[]>;

export const roomOf = ({ platform, address }: { readonly platform: string; readonly address: string }): string =>
  `${platform} ${address}`;

/** Opens a card of a channel; no two have the same. */
export const linkOf = (room: string, key: string): string => `https://${room.replace(' ', '.example/')}/${key}`;

/** A platform that has the answer of an earlier try looks back this much further than asked. */
const LOOK_BACK_MARGIN_MS = MINUTE_MS;
const USUAL_MS = 400;
/** An adapter gives up waiting for its platform after this time. */
const GIVE_UP_MS = 10_000;
const NEVER = Number.POSITIVE_INFINITY;

/** What becomes of a post: when the card is in the channel, and when which answer comes, both in milliseconds from now. */
interface Fate {
  readonly appearsMs: number;
  readonly answersMs: number;
  readonly outcome?: Outcome;
}

const fateOf = (fault: Fault | undefined, slowMs: number): Fate => {
  const value = fault?.value ?? 0;
  switch (fault?.kind) {
    case 'refusal': {
      const afterMs = value > 0 ? { afterMs: value } : {};
      const everywhere = fault.address === undefined && value > 0 ? ({ everywhere: 'throttled' } as const) : {};
      return {
        appearsMs: NEVER,
        answersMs: USUAL_MS,
        outcome: { kind: 'later', reason: 'Try later.', ...afterMs, ...everywhere },
      };
    }
    case 'lost reply':
      return {
        appearsMs: [NEVER, USUAL_MS, 25_000][value] ?? NEVER,
        answersMs: GIVE_UP_MS,
        outcome: { kind: 'unknown', reason: 'The answer was lost.', ...(value === 2 && { afterMs: 30_000 }) },
      };
    case 'no reply':
      return { appearsMs: value === 1 ? USUAL_MS : NEVER, answersMs: NEVER };
    case 'forbidden':
      return {
        appearsMs: NEVER,
        answersMs: USUAL_MS,
        outcome: { kind: 'forbidden', reason: 'No.', remedy: 'Let the bot write.' },
      };
    default:
      return { appearsMs: slowMs, answersMs: slowMs };
  }
};

const POST_FAULTS: readonly FaultKind[] = ['forbidden', 'refusal', 'lost reply', 'no reply'];

/**
 * A platform of a scenario. A card whose key is looked for and found is not posted again; all others are. `reply` gives the
 * bot an outcome after some milliseconds, if it still lives.
 */
export const createPlatform = (
  name: string,
  { faults }: Scenario,
  time: VirtualTime,
  rooms: Rooms,
  note: (line: string) => void,
  reply: <Came extends Outcome | EditOutcome>(ms: number, outcome: () => Came) => Promise<Came>,
  onEdit: (edit: MadeEdit) => void,
): Platform => {
  const covers = (fault: Fault, address: string): boolean =>
    (fault.platform === undefined || fault.platform === name) &&
    (fault.address === undefined || fault.address === address) &&
    fault.from <= time.now() &&
    time.now() < fault.to;
  const post = ({ channelId, key, maybePosted, since = 0, toPerson, card }: Posting): Promise<Outcome> => {
    const address = channelId;
    const room = rooms.get(roomOf({ platform: name, address }));
    const where = `${name} ${address}`;
    if (toPerson && takesNone(address)) return reply(USUAL_MS, () => ({ kind: 'gone', reason: 'Takes none.' }));
    // Slack shows a bot no direct messages.
    if (toPerson && maybePosted && name === 'slack')
      return reply(USUAL_MS, () => ({ kind: 'unsure', reason: 'Cannot look.', remedy: 'None.' }));
    if (!room) return reply(USUAL_MS, () => ({ kind: 'gone', reason: 'No such channel.' }));
    const fault = faults.find((it) => POST_FAULTS.includes(it.kind) && covers(it, address));
    const slow = faults.find((it) => it.kind === 'slow platform' && covers(it, address));
    const mayLook = maybePosted && (fault === undefined || fault.kind === 'lost reply');
    const isKnown = mayLook && room.some((it) => it.key === key && it.at >= since - LOOK_BACK_MARGIN_MS);
    const fate = fateOf(isKnown ? undefined : fault, slow?.value ?? USUAL_MS);
    const how = isKnown ? 'which is there' : (fault?.kind ?? slow?.kind ?? 'in order');
    note(`${where}: post of ${key}${maybePosted ? ' (perhaps again)' : ''}, ${how}`);
    // Whoever gets no answer to the question whether the card is there does not post it.
    const isPosted = !isKnown && Number.isFinite(fate.appearsMs) && (mayLook || !maybePosted);
    if (isPosted)
      time.at(time.now() + fate.appearsMs, () => {
        room.push({ key, at: time.now(), ...(toPerson && { text: JSON.stringify(card) }) });
        note(`${where}: ${key} is there`);
      });
    if (!Number.isFinite(fate.answersMs)) return new Promise(() => undefined);
    return reply(
      fate.answersMs,
      () => fate.outcome ?? { kind: 'sent', messageId: key, ...(isKnown && { duplicate: true }) },
    );
  };
  const edit = ({ channelId: address, key, card }: Edit): Promise<EditOutcome> => {
    const room = roomOf({ platform: name, address });
    const fault = faults.find((it) => POST_FAULTS.includes(it.kind) && covers(it, address));
    note(`${room}: edit of ${key}, ${fault?.kind ?? 'in order'}`);
    if (fault?.kind === 'no reply') return new Promise(() => undefined);
    return reply(USUAL_MS, (): EditOutcome => {
      if (fault?.kind === 'forbidden') return { kind: 'refused', reason: 'No.' };
      if (fault) return { kind: 'later', reason: 'Try later.', ...(fault.value && { afterMs: 1_000 * fault.value }) };
      onEdit({ key, at: time.now(), room, text: JSON.stringify(card.updates ?? []) });
      return { kind: 'edited' };
    });
  };
  const linkTo: Platform['linkTo'] = ({ channelId: address, messageId }) =>
    linkOf(roomOf({ platform: name, address }), messageId);
  return {
    ...{ name, post, edit, linkTo },
    start: async () => undefined,
    stop: async () => undefined,
    // Troubles are told in channels.
    sendDirectMessage: async () => false,
  };
};
