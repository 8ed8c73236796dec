import { randomUUID } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { Answer } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { Call } from '../../cards/call.ts';
import type { Card } from '../../cards/card.ts';
import type { Catalogue, Translator } from '../../i18n/catalogue.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Outcome } from '../platform.ts';
import type { Askers } from './askers.ts';
import type { SlackFault } from './fault.ts';
import { limits } from './limits.ts';
import { escapeText, plain } from './mrkdwn.ts';
import type { PendingQuestions } from './pending-questions.ts';
import type { Pictures } from './pictures.ts';
import type { Poster } from './poster.ts';
import { renderCard } from './render.ts';
import { type Audience, type Replied, type ReplyTarget, reply, respondBy, type Said, whisper } from './reply.ts';
import { doubtText, type Rights, refusalText } from './rights.ts';
import type { Sleep } from './sleep.ts';

export interface AnswererParts {
  readonly questions: Questions;
  readonly client: webApi.WebClient;
  readonly poster: Poster;
  readonly pictures: Pictures;
  readonly catalogue: Catalogue;
  readonly askers: Askers;
  readonly rights: Rights;
  readonly waiting: PendingQuestions;
  /** The bot's workspace, for a request that names none. */
  readonly workspace: () => string | undefined;
  readonly timeoutMs: number;
  readonly log: Logger;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
}

/** Where an answer goes. */
export type Manner =
  /** A new message. */
  | { readonly kind: 'new' }
  /** In place of the answer whose button was pressed. */
  | { readonly kind: 'replace'; readonly messageId: string; readonly ephemeral: boolean }
  /** A message for the asker alone, under a card that stays as it is. */
  | { readonly kind: 'aside' };

export interface Answerer {
  /** Asks, and shows the answer. Never rejects. */
  answer(call: Call, place: ReplyTarget, manner: Manner): Promise<void>;
  /** A text of the messages for the asker alone, in their language. Never rejects. */
  tell(key: string, place: ReplyTarget): Promise<void>;
  /** Tells those whose answers a restart has cost them. Never rejects. */
  tellLeft(): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

type CardAnswer = Extract<Answer, { kind: 'card' }>;

/** How an answer may be drawn once more, without asking again. */
interface Drawn {
  readonly words: Translator;
  readonly card: Card;
  readonly png: Uint8Array | undefined;
  readonly key: string;
}

/** What was asked, said again. */
const LONGEST_LINE = 80;
const POLLS = 10;
/** Longest wait for Slack's one message a second in a channel, which is worth the picture. */
const LONGEST_WAIT_MS = 5_000;

const sentence = (text: string): Said => ({
  text: escapeText(text, limits.fallback),
  blocks: [
    { type: 'section', text: { type: 'plain_text', text: plain(text, limits.section) || 'Slidewatch', emoji: false } },
  ],
});

const saidOf = ({ card, key }: Drawn, fileId?: string): Said => {
  const { text, blocks } = renderCard(card, key);
  return { text, blocks: blocks(fileId) };
};

/** The bot is not in the channel: a person can change that. Direct messages between people have no /invite. */
const uninvited = (outcome: Outcome, { channelId }: ReplyTarget): boolean =>
  (outcome.kind === 'forbidden' || outcome.kind === 'gone') &&
  /\((not_in_channel|channel_not_found)\)/.test(outcome.reason) &&
  !channelId.startsWith('D');

const shown = ({ kind }: Outcome): boolean => kind === 'sent' || kind === 'unknown';

/** Brings answers to where they were asked for: by the response_url where that will do, by posting where it will not. */
export const createAnswerer = (parts: AnswererParts): Answerer => {
  const { questions, client, poster, pictures, catalogue, askers, rights, waiting, log, sleep, signal } = parts;
  const underWay = new Set<Promise<unknown>>();

  const track = (work: Promise<void>): Promise<void> => {
    const entry: Promise<unknown> = work
      .catch((error: unknown) => log.error({ err: error }, 'slack reply failed'))
      .finally(() => underWay.delete(entry));
    underWay.add(entry);
    return entry.then(() => undefined);
  };

  const note = (replied: Replied): void => {
    if (replied.kind !== 'done') log.warn({ ...replied }, 'slack reply may not have arrived');
  };

  /** For the asker: by the response_url, or by the Web API where that is closed. */
  const toAsker = async (place: ReplyTarget, said: Said): Promise<Replied> => {
    const replied = await reply(place, 'asker', said);
    return replied.kind === 'closed' ? whisper(client, place, said) : replied;
  };

  const say = async (text: string, place: ReplyTarget): Promise<void> => note(await toAsker(place, sentence(text)));

  const ready = async ({ card, png, key }: Drawn): Promise<string | undefined> => {
    if (card.picture === undefined || png === undefined) return undefined;
    const fileId = await pictures.upload(key, card.picture.name, png);
    pictures.forget(key);
    return fileId !== undefined && (await pictures.processed(fileId, POLLS)) ? fileId : undefined;
  };

  /** For the asker alone, with its picture unless Slack refuses it there. */
  const aside = async (drawn: Drawn, place: ReplyTarget, audience: Audience): Promise<void> => {
    const fileId = await ready(drawn);
    const send = (said: Said): Promise<Replied> =>
      audience === 'replace' ? reply(place, audience, said) : toAsker(place, said);
    const first = await send(saidOf(drawn, fileId));
    note(first.kind === 'refused' && fileId !== undefined ? await send(saidOf(drawn)) : first);
  };

  const post = async ({ card, png, key }: Drawn, place: ReplyTarget, replaces?: string): Promise<Outcome> => {
    const { channelId, thread } = place;
    const posting = { channelId, card, key, maybePosted: false, ...(png && { png }) };
    const showing = { ...(replaces !== undefined && { replaces }), ...(thread !== undefined && { thread }) };
    const first = await poster.post(posting, showing);
    const { afterMs = Number.POSITIVE_INFINITY } = first.kind === 'later' ? first : {};
    if (afterMs > LONGEST_WAIT_MS) return first;
    await sleep(afterMs, signal);
    return poster.post(posting, showing);
  };

  /** What the channel did not take, by the response_url: without its picture, and with what to do about that. */
  const fallBack = async (drawn: Drawn, place: ReplyTarget, audience: Audience, outcome: Outcome): Promise<void> => {
    const { words, card, png } = drawn;
    if (place.respond === undefined) {
      log.warn({ outcome: outcome.kind }, 'slack reply could not be posted');
      return say(words.say('slack.failed'), place);
    }
    const footer = png && uninvited(outcome, place) ? [...card.footer, words.say('slack.invite')] : card.footer;
    const replied = await reply(place, audience, saidOf({ ...drawn, card: { ...card, footer } }));
    note(replied.kind === 'closed' ? await whisper(client, place, saidOf(drawn)) : replied);
  };

  /** For everybody: pictures and mentions need a posted message, the rest is the response_url's. */
  const publish = async (drawn: Drawn, place: ReplyTarget): Promise<void> => {
    if (place.respond !== undefined && drawn.png === undefined) {
      const replied = await reply(place, 'channel', saidOf(drawn));
      if (replied.kind !== 'closed') return note(replied);
    }
    const outcome = await post(drawn, place);
    if (!shown(outcome)) await fallBack(drawn, place, 'channel', outcome);
  };

  const replace = async (drawn: Drawn, place: ReplyTarget, messageId: string): Promise<void> => {
    const outcome = await post(drawn, place, messageId);
    if (!shown(outcome)) await fallBack(drawn, place, 'replace', outcome);
  };

  const show = async (answer: CardAnswer, words: Translator, place: ReplyTarget, manner: Manner): Promise<void> => {
    const { card, forAsker = false } = answer;
    const png = card.picture === undefined ? undefined : await questions.picture(answer);
    const drawn = { words, card, png, key: `q-${randomUUID().slice(0, 18)}` };
    if (manner.kind === 'replace' && manner.ephemeral) return aside(drawn, place, 'replace');
    if (forAsker || manner.kind === 'aside') return aside(drawn, place, 'asker');
    return manner.kind === 'replace' ? replace(drawn, place, manner.messageId) : publish(drawn, place);
  };

  const ask = async ({ name, options }: Call, words: Translator, place: ReplyTarget, manner: Manner): Promise<void> => {
    const { channelId: channel, asker } = place;
    const workspace = place.workspace ?? parts.workspace();
    let doubt: SlackFault | undefined;
    let outsider = false;
    const mayChange = async (): Promise<boolean> => {
      const verdict = await rights.mayChange(asker, channel);
      if (typeof verdict !== 'boolean') doubt = verdict;
      outsider = verdict === false && rights.managers === 'members';
      return verdict === true;
    };
    const found = await questions.ask(name, {
      options,
      language: words.language,
      platform: 'slack',
      channel,
      asker,
      mayChange,
      ...(workspace !== undefined && { workspace }),
    });
    if (found.kind === 'card') return show(found, words, place, manner);
    const refused = outsider ? refusalText(words, rights.managers) : found.text;
    await say(doubt === undefined ? refused : doubtText(words, doubt), place);
  };

  const answer = async (call: Call, place: ReplyTarget, manner: Manner): Promise<void> => {
    const { channelId, asker, responseUrl, thread } = place;
    const language = await askers.language(asker, channelId);
    const line = [call.name, ...Object.values(call.options)].join(' ');
    const who = { channelId, asker, line, language, responseUrl, thread };
    await waiting.during(who, () => ask(call, catalogue.in(language), place, manner));
  };

  const tell = async (key: string, place: ReplyTarget): Promise<void> =>
    say(catalogue.in(await askers.language(place.asker, place.channelId)).say(key), place);

  const tellLeft = async (): Promise<void> => {
    for (const { language, line, responseUrl, ...place } of await waiting.left()) {
      if (signal.aborted) return;
      const words = catalogue.in(questions.languageOf(language));
      const respond = responseUrl === undefined ? {} : { respond: respondBy(responseUrl, parts.timeoutMs) };
      await say(words.say('slack.restarted', { line: plain(line, LONGEST_LINE) }), { ...place, ...respond });
    }
  };

  return {
    answer: (call, place, manner) => track(answer(call, place, manner)),
    tell: (key, place) => track(tell(key, place)),
    // Not waited for when we stop: until the bot is built nobody knows who is left.
    tellLeft: () =>
      tellLeft().catch((error: unknown) => log.error({ err: error }, 'slack pending replies could not be closed')),
    settled: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
};
