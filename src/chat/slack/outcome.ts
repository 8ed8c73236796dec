import type { Lack, Outcome } from '../platform.ts';
import { faultText, type SlackFault } from './fault.ts';
import { isPersonCode, type PlaceRefusal, placeRefusalOf, refusalOfCode, scopeRemedy } from './refusals.ts';

/**
 * Wait before a card is looked for whose reply was lost. Slack may still carry the call out, and has no key that would make a
 * second one harmless.
 */
const SETTLE_MS = 30_000;

type Refused = SlackFault & { kind: 'refused' };

const reason = (text: string, fault: SlackFault): string => `${text} (${faultText(fault)})`;

const outcomeOfPlace = (fault: Refused, { ends, remedy, key }: PlaceRefusal): Outcome => {
  const { code, scope = 'chat:write' } = fault;
  if (ends !== undefined) return { kind: 'gone', reason: reason('The Slack channel is gone', fault) };
  return code === 'missing_scope'
    ? {
        kind: 'forbidden',
        reason: reason('Slack rejected the message: missing scope', fault),
        remedy: scopeRemedy(scope),
        why: { key, values: { scope } },
      }
    : {
        kind: 'forbidden',
        reason: reason('Slack does not allow posting in this channel', fault),
        remedy,
        why: { key, values: { code } },
      };
};

const outcomeOfRefusal = (fault: Refused): Outcome => {
  const { code, details } = fault;
  const refusal = refusalOfCode(code);
  if (refusal === undefined)
    return {
      kind: 'unlisted',
      reason: reason('Slack refuses the message with a code that is in no list', fault),
      code,
    };
  switch (refusal.about) {
    case 'message':
      return {
        kind: 'rejected',
        reason: [reason('Slack rejects the message', fault), ...details.slice(0, 3)].join('; '),
      };
    case 'place':
      return outcomeOfPlace(fault, refusal);
    case 'credential':
      return { kind: 'credential', reason: reason('Slack refuses the bot', fault), remedy: refusal.remedy };
    case 'network': {
      if ('lost' in refusal)
        return { kind: 'unknown', reason: reason('Slack failed while receiving the message', fault) };
      const { everywhere } = refusal;
      return { kind: 'later', reason: reason('Slack is busy', fault), ...(everywhere && { everywhere }) };
    }
  }
};

/** The outcome of a failed chat.postMessage. */
export const outcomeOf = (fault: SlackFault): Outcome => {
  switch (fault.kind) {
    case 'refused':
      return outcomeOfRefusal(fault);
    case 'throttled':
      return {
        kind: 'later',
        reason: reason('Slack is rate limiting the bot', fault),
        // Slack always names a time; a 429 without one comes from what stands before it.
        ...(fault.afterMs === undefined ? { everywhere: 'refused' as const } : { afterMs: fault.afterMs }),
      };
    case 'blocked':
      return {
        kind: 'later',
        reason: reason('What stands before Slack refuses the bot', fault),
        everywhere: 'refused',
        ...(fault.afterMs === undefined ? {} : { afterMs: fault.afterMs }),
      };
    case 'unreached':
      return { kind: 'later', reason: reason('Slack cannot be reached', fault) };
    case 'lost':
      return { kind: 'unknown', reason: reason('No reply from Slack', fault), afterMs: SETTLE_MS };
  }
};

/** The outcome of a failed direct message: `gone` if it is about the person. */
export const outcomeToPerson = (fault: SlackFault): Outcome =>
  fault.kind === 'refused' && isPersonCode(fault.code)
    ? { kind: 'gone', reason: reason('The person takes no direct messages from the bot', fault) }
    : outcomeOf(fault);

/** Whether a message was refused for its blocks. */
export const blamesBlocks = (fault: SlackFault): boolean => {
  const refusal = fault.kind === 'refused' ? refusalOfCode(fault.code) : undefined;
  return refusal?.about === 'message' && refusal.blocks === true;
};

/** The part of a card that a refusal is about, as the code alone tells; undefined: none. */
export const lackOfFault = (fault: SlackFault): Lack | undefined => {
  const place = fault.kind === 'refused' ? placeRefusalOf(fault.code) : undefined;
  return place?.part === undefined || fault.kind !== 'refused'
    ? undefined
    : {
        part: place.part,
        reason: reason('Slack refuses it', fault),
        remedy: place.remedy,
        why: { key: place.key, values: { code: fault.code } },
      };
};
