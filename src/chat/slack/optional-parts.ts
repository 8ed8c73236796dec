import type { Card } from '../../cards/card.ts';
import { MESSAGE_PARTS, type MessagePart, type OptionalPart } from '../../stories/lacks.ts';
import type { Lack, Outcome } from '../platform.ts';

/** What a card has that a channel may refuse alone. */
export const optionalPartsOf = (
  card: Card,
  { picture, ping }: { readonly picture: boolean; readonly ping: boolean },
): ReadonlySet<OptionalPart> => {
  const has: Readonly<Record<MessagePart, boolean>> = {
    picture,
    ping,
    buttons: (card.actions ?? []).length > 0,
    links: card.sections.some(({ rows }) => rows.some(({ link }) => link !== undefined)),
  };
  return new Set(MESSAGE_PARTS.filter((part) => has[part]));
};

/** The card without its buttons or links; picture and ping are no part of it. */
export const cardWithout = (card: Card, left: ReadonlySet<OptionalPart>): Card => ({
  ...card,
  ...(left.has('buttons') && { actions: [] }),
  ...(left.has('links') && {
    sections: card.sections.map((section) => ({
      ...section,
      rows: section.rows.map(({ link: _, ...row }) => row),
    })),
  }),
});

/** The outcome of one call, and the part that it was refused for, if the code tells. */
export interface Sending {
  readonly outcome: Outcome;
  readonly lack?: Lack | undefined;
  /** Whether it was refused for its blocks, of which one may be to blame. */
  readonly blocks?: boolean;
}

const lackOfTrial = (part: OptionalPart, refused: Outcome): Lack => {
  const reason = 'reason' in refused ? refused.reason : '';
  const [, code = ''] = /\(([a-z0-9_]+)\)/.exec(reason) ?? [];
  return {
    part,
    reason,
    remedy: 'It is tried again after six hours; if it stays so, tell whoever runs the bot.',
    why: { key: 'slack-part', values: { code } },
  };
};

const isShown = ({ kind }: Outcome): boolean => kind === 'sent' || kind === 'unknown';

const withLacks = (outcome: Outcome, lacks: readonly Lack[]): Outcome =>
  outcome.kind === 'sent' && lacks.length > 0 ? { ...outcome, without: lacks } : outcome;

/**
 * Sends a card that has `parts`. A part whose refusal the code tells is left out at once; if Slack rejects the message
 * without telling why, each part is left out alone, then all of them. Only refusals are followed by another call, so that
 * there is one message at most.
 */
export const sendInParts = async (
  parts: ReadonlySet<OptionalPart>,
  send: (left: ReadonlySet<OptionalPart>) => Promise<Sending>,
): Promise<Outcome> => {
  const lacks: Lack[] = [];
  const left = new Set<OptionalPart>();
  let { outcome, lack, blocks } = await send(left);
  while (lack !== undefined && parts.has(lack.part) && !left.has(lack.part)) {
    lacks.push(lack);
    left.add(lack.part);
    ({ outcome, lack, blocks } = await send(left));
  }
  const others = [...parts].filter((part) => !left.has(part));
  if (!blocks || others.length === 0) return withLacks(outcome, lacks);
  const trials = [...others.map((part) => [part]), ...(others.length > 1 ? [others] : [])];
  for (const trial of trials) {
    const tried = await send(new Set([...left, ...trial]));
    const refused = outcome;
    if (isShown(tried.outcome))
      return withLacks(tried.outcome, [...lacks, ...trial.map((part) => lackOfTrial(part, refused))]);
    if (!tried.blocks) return tried.outcome;
  }
  return outcome;
};
