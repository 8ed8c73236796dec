import type { Outcome } from '../platform.ts';
import { faultText, type SlackFault } from './fault.ts';
import {
  deadCodes,
  forbiddenCodes,
  goneCodes,
  laterCodes,
  lostCodes,
  rejectedCodes,
  scopeRemedy,
  tokenRemedy,
} from './refusals.ts';

/**
 * Wait before a card is looked for whose reply was lost. Slack may still carry the call out, and has no key that would make a
 * second one harmless.
 */
const SETTLE_MS = 30_000;

const reason = (text: string, fault: SlackFault): string => `${text} (${faultText(fault)})`;

const outcomeOfRefusal = (fault: SlackFault & { kind: 'refused' }): Outcome => {
  const { code, scope, details } = fault;
  if (code === 'missing_scope') {
    return {
      kind: 'forbidden',
      reason: reason('Slack rejected the message: missing scope', fault),
      remedy: scopeRemedy(scope ?? 'chat:write'),
      why: { key: 'slack-scope', values: { scope: scope ?? 'chat:write' } },
    };
  }
  const forbidden = forbiddenCodes.get(code);
  if (forbidden !== undefined) {
    const { remedy, key } = forbidden;
    return {
      kind: 'forbidden',
      reason: reason('Slack does not allow posting in this channel', fault),
      remedy,
      why: { key, values: { code } },
    };
  }
  if (goneCodes.has(code)) {
    const archived = code === 'is_archived' && { mayReturn: true as const };
    return { kind: 'gone', reason: reason('The Slack channel is gone', fault), ...archived };
  }
  if (deadCodes.has(code)) {
    return { kind: 'credential', reason: reason('Slack rejected the bot token', fault), remedy: tokenRemedy };
  }
  if (lostCodes.has(code))
    return { kind: 'unknown', reason: reason('Slack failed while receiving the message', fault) };
  if (rejectedCodes.has(code)) {
    return {
      kind: 'rejected',
      reason: [reason('Slack rejects the message', fault), ...details.slice(0, 3)].join('; '),
    };
  }
  return {
    kind: 'later',
    reason: reason(laterCodes.has(code) ? 'Slack is busy' : 'Slack returned an unknown error code', fault),
  };
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
        ...(fault.afterMs === undefined ? {} : { afterMs: fault.afterMs }),
      };
    case 'unreached':
      return { kind: 'later', reason: reason('Slack cannot be reached', fault) };
    case 'lost':
      return { kind: 'unknown', reason: reason('No reply from Slack', fault), afterMs: SETTLE_MS };
  }
};
