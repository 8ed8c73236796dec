import { randomUUID } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { Answer } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { Call } from '../../cards/call.ts';
import type { Card } from '../../cards/card.ts';
import type { Catalogue, Translator, Values } from '../../i18n/catalogue.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Outcome } from '../platform.ts';
import type { Sleep } from '../sleep.ts';
import type { AskerContext } from './asker-context.ts';
import { NEW_APP_URL } from './create-app-url.ts';
import type { SlackFault } from './fault.ts';
import type { GroupName } from './group-names.ts';
import { createInFlight } from './in-flight.ts';
import type { LookAtPlace } from './look-at-place.ts';
import { plain } from './mrkdwn.ts';
import type { PendingQuestions } from './pending-questions.ts';
import type { Pictures } from './pictures.ts';
import type { Poster } from './poster.ts';
import { renderCard } from './render.ts';
import {
  type Audience,
  type ReplyContent,
  type ReplyResult,
  type ReplyTarget,
  reply,
  replyEphemeral,
  respondBy,
} from './reply.ts';
import { doubtText, type Rights, refusalText } from './rights.ts';
import { sentenceContent } from './sentence.ts';

export interface AnswererParts {
  readonly questions: Questions;
  readonly client: webApi.WebClient;
  readonly poster: Poster;
  readonly pictures: Pictures;
  readonly catalogue: Catalogue;
  readonly context: AskerContext;
  readonly rights: Rights;
  readonly lookAt: LookAtPlace;
  readonly groupName: GroupName;
  /** Called with the channel of each question. */
  readonly onUsed: (channelId: string) => void;
  readonly pending: PendingQuestions;
  /** The bot's workspace, once it is known. */
  readonly workspace: () => string | undefined;
  readonly timeoutMs: number;
  readonly log: Logger;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
}

/** How an answer is shown. */
export type AnswerMode =
  /** A new message. */
  | { readonly kind: 'new' }
  /** Replaces the answer whose button was pressed. */
  | { readonly kind: 'replace'; readonly messageId: string; readonly ephemeral: boolean }
  /** A message for the asker alone; the card whose button was pressed stays. */
  | { readonly kind: 'aside' };

/**
 * Answers one typed line, such as `chart nvda 6m`, with a new message. `lineIn`: the line in a text, which is read once it is
 * known that the text is short enough and its asker may ask. Never rejects.
 */
export type AnswerLine = (text: string, place: ReplyTarget, lineIn?: (text: string) => string) => Promise<void>;

export interface Answerer {
  /** Runs the command and shows its answer. Never rejects. */
  answer(call: Call, place: ReplyTarget, mode: AnswerMode): Promise<void>;
  /** Shows a text of the messages to the asker alone, in their language. Never rejects. */
  notify(key: string, place: ReplyTarget, values?: Values): Promise<void>;
  /** Tells askers whose answers a restart has interrupted. Never rejects. */
  notifyInterrupted(): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

type CardAnswer = Extract<Answer, { kind: 'card' }>;

/** An answer that is ready to be sent. */
interface PreparedAnswer {
  readonly words: Translator;
  readonly card: Card;
  readonly png: Uint8Array | undefined;
  readonly key: string;
}

/** Maximum length of a question that is repeated to the asker. */
const MAX_LINE_LENGTH = 80;
/** Polls, a second apart, for an answer's picture. */
const PICTURE_POLLS = 10;
/** Longest wait for Slack's limit of one message a second in a channel, rather than lose the picture. */
const MAX_POST_WAIT_MS = 5_000;

const contentOf = ({ card, key }: PreparedAnswer, fileId?: string): ReplyContent => {
  const { text, blocks } = renderCard(card, key);
  return { text, blocks: blocks(fileId) };
};

/** Whether the bot could be invited to the channel. Direct messages between people have no /invite. */
const needsInvitation = (outcome: Outcome, { channelId }: ReplyTarget): boolean =>
  (outcome.kind === 'forbidden' || outcome.kind === 'gone') &&
  /\((not_in_channel|channel_not_found)\)/.test(outcome.reason) &&
  !channelId.startsWith('D');

const wasShown = ({ kind }: Outcome): boolean => kind === 'sent' || kind === 'unknown';

/** Runs commands and sends their answers, by the response_url if that is enough, otherwise by posting. */
export const createAnswerer = (parts: AnswererParts): Answerer => {
  const { questions, client, poster, pictures, catalogue, context, rights, pending, lookAt, log, sleep, signal } =
    parts;
  const inFlight = createInFlight();

  const track = (work: Promise<void>): Promise<void> =>
    inFlight.add(work.catch((error: unknown) => log.error({ err: error }, 'slack reply failed')));

  const logFailure = (result: ReplyResult): void => {
    if (result.kind !== 'done') log.warn({ ...result }, 'slack reply may not have arrived');
  };

  /** Sends to the asker alone by the response_url, or by the Web API if that is closed. */
  const sendToAsker = async (place: ReplyTarget, content: ReplyContent): Promise<ReplyResult> => {
    const replied = await reply(place, 'asker', content);
    return replied.kind === 'closed' ? replyEphemeral(client, place, content) : replied;
  };

  const say = async (text: string, place: ReplyTarget): Promise<void> =>
    logFailure(await sendToAsker(place, sentenceContent(text)));

  const uploadPicture = async ({ card, png, key }: PreparedAnswer): Promise<string | undefined> => {
    if (card.picture === undefined || png === undefined) return undefined;
    const fileId = await pictures.upload(key, card.picture.name, png);
    pictures.forget(key);
    return fileId !== undefined && (await pictures.processed(fileId, PICTURE_POLLS)) ? fileId : undefined;
  };

  /** Sends to the asker alone, with the picture unless Slack refuses it. */
  const aside = async (prepared: PreparedAnswer, place: ReplyTarget, audience: Audience): Promise<void> => {
    const fileId = await uploadPicture(prepared);
    const send = (content: ReplyContent): Promise<ReplyResult> =>
      audience === 'replace' ? reply(place, audience, content) : sendToAsker(place, content);
    const first = await send(contentOf(prepared, fileId));
    logFailure(first.kind === 'refused' && fileId !== undefined ? await send(contentOf(prepared)) : first);
  };

  const post = async ({ card, png, key }: PreparedAnswer, place: ReplyTarget, replaces?: string): Promise<Outcome> => {
    const { channelId, thread } = place;
    const posting = { channelId, card, key, maybePosted: false, ...(png && { png }) };
    const placement = { ...(replaces !== undefined && { replaces }), ...(thread !== undefined && { thread }) };
    const first = await poster.post(posting, placement);
    const { afterMs = Number.POSITIVE_INFINITY } = first.kind === 'later' ? first : {};
    if (afterMs > MAX_POST_WAIT_MS) return first;
    await sleep(afterMs, signal);
    return poster.post(posting, placement);
  };

  /** Sends an answer that could not be posted by the response_url, without its picture and with a hint to invite the bot. */
  const fallBack = async (
    prepared: PreparedAnswer,
    place: ReplyTarget,
    audience: Audience,
    outcome: Outcome,
  ): Promise<void> => {
    const { words, card, png } = prepared;
    if (place.respond === undefined) {
      log.warn({ outcome: outcome.kind }, 'slack reply could not be posted');
      return say(words.say('slack.failed'), place);
    }
    const footer = png && needsInvitation(outcome, place) ? [...card.footer, words.say('slack.invite')] : card.footer;
    const replied = await reply(place, audience, contentOf({ ...prepared, card: { ...card, footer } }));
    logFailure(replied.kind === 'closed' ? await replyEphemeral(client, place, contentOf(prepared)) : replied);
  };

  /** Shows an answer to the channel. Answers with pictures, and to mentions, must be posted; others use the response_url. */
  const publish = async (prepared: PreparedAnswer, place: ReplyTarget): Promise<void> => {
    if (place.respond !== undefined && prepared.png === undefined) {
      const replied = await reply(place, 'channel', contentOf(prepared));
      if (replied.kind !== 'closed') return logFailure(replied);
    }
    const outcome = await post(prepared, place);
    if (!wasShown(outcome)) await fallBack(prepared, place, 'channel', outcome);
  };

  const replace = async (prepared: PreparedAnswer, place: ReplyTarget, messageId: string): Promise<void> => {
    const outcome = await post(prepared, place, messageId);
    if (!wasShown(outcome)) await fallBack(prepared, place, 'replace', outcome);
  };

  const show = async (answer: CardAnswer, words: Translator, place: ReplyTarget, mode: AnswerMode): Promise<void> => {
    const { card, forAsker = false } = answer;
    const png = card.picture === undefined ? undefined : await questions.picture(answer);
    const prepared = { words, card, png, key: `q-${randomUUID().slice(0, 18)}` };
    if (mode.kind === 'replace' && mode.ephemeral) return aside(prepared, place, 'replace');
    if (forAsker || mode.kind === 'aside') return aside(prepared, place, 'asker');
    return mode.kind === 'replace' ? replace(prepared, place, mode.messageId) : publish(prepared, place);
  };

  const ask = async (
    { name, options }: Call,
    words: Translator,
    place: ReplyTarget,
    mode: AnswerMode,
    answered: Promise<void>,
  ): Promise<void> => {
    const { channelId: channel, asker } = place;
    // Somebody of another workspace may ask in a channel that is shared with it.
    const workspace = parts.workspace() ?? place.workspace;
    let rightsFault: SlackFault | undefined;
    let isNoMember = false;
    const mayChange = async (): Promise<boolean> => {
      const verdict = await rights.mayChange(asker, channel);
      if (typeof verdict !== 'boolean') rightsFault = verdict;
      isNoMember = verdict === false && rights.managers === 'members';
      return verdict === true;
    };
    const askerName = await context.name(asker);
    const found = await questions.ask(name, {
      options,
      ...(askerName !== undefined && { askerName }),
      ...(place.pressed !== undefined && { message: place.pressed }),
      language: words.language,
      platform: 'slack',
      channel,
      asker,
      mayChange,
      look: () => lookAt(words, channel),
      pingName: parts.groupName,
      invitations: [{ to: 'workspace', url: NEW_APP_URL }],
      tellLater: async (text) => {
        await answered;
        return (await sendToAsker(place, sentenceContent(text))).kind === 'done';
      },
      ...(workspace !== undefined && { workspace }),
    });
    if (found.kind === 'card') return show(found, words, place, mode);
    const text = isNoMember ? refusalText(words, rights.managers) : found.text;
    await say(rightsFault === undefined ? text : doubtText(words, rightsFault), place);
  };

  const answer = async (call: Call, place: ReplyTarget, mode: AnswerMode): Promise<void> => {
    const { channelId, asker, responseUrl, thread } = place;
    parts.onUsed(channelId);
    const language = await context.language(asker, channelId);
    const line = [call.name, ...Object.values(call.options)].join(' ');
    const who = { channelId, asker, line, language, responseUrl, thread };
    const answered = Promise.withResolvers<void>();
    try {
      await pending.during(who, () => ask(call, catalogue.in(language), place, mode, answered.promise));
    } finally {
      answered.resolve();
    }
  };

  const notify: Answerer['notify'] = async (key, place, values) =>
    say(catalogue.in(await context.language(place.asker, place.channelId)).say(key, values), place);

  const notifyInterrupted = async (): Promise<void> => {
    for (const { language, line, responseUrl, ...place } of await pending.interrupted()) {
      if (signal.aborted) return;
      const words = catalogue.in(questions.languageOf(language));
      const respond = responseUrl === undefined ? {} : { respond: respondBy(responseUrl, parts.timeoutMs) };
      await say(words.say('slack.restarted', { line: plain(line, MAX_LINE_LENGTH) }), { ...place, ...respond });
    }
  };

  return {
    answer: (call, place, mode) => track(answer(call, place, mode)),
    notify: (key, place, values) => track(notify(key, place, values)),
    // Not in flight: a stop must not wait for it, because it waits until the bot is built.
    notifyInterrupted: () =>
      notifyInterrupted().catch((error: unknown) =>
        log.error({ err: error }, 'slack pending replies could not be closed'),
      ),
    settled: inFlight.settled,
  };
};
