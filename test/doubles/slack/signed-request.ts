import { createHmac } from 'node:crypto';
import type { EnvelopeType } from './socket-mode.ts';

export interface SignedRequest {
  readonly address: string;
  readonly signingSecret: string;
  /** The form's fields, as Slack sends a slash command. */
  readonly fields?: Readonly<Record<string, string>>;
  /** A body of JSON instead, as Slack sends an event. */
  readonly json?: object;
  /** Such a body as it is, as JSON. */
  readonly text?: string;
  /** Epoch seconds; now by default. */
  readonly timestamp?: number;
}

/** Sends a request to HTTP mode as Slack does: v0, the timestamp and the raw body under HMAC-SHA256. */
export const sendSigned = ({
  address,
  signingSecret,
  fields,
  json,
  text,
  timestamp,
}: SignedRequest): Promise<Response> => {
  const at = String(timestamp ?? Math.floor(Date.now() / 1_000));
  const isForm = json === undefined && text === undefined;
  const body = text ?? (isForm ? new URLSearchParams(fields).toString() : JSON.stringify(json));
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  return fetch(address, {
    method: 'POST',
    body,
    headers: {
      // A server may end an idle connection just when the next request is on its way: each has one of its own.
      connection: 'close',
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${signature}`,
    },
  });
};

/** What Socket Mode sends as an envelope, as HTTP mode gets it: a form, a form with one field, or JSON. */
export const sendEnvelope = (
  to: { readonly address: string; readonly signingSecret: string },
  type: EnvelopeType,
  payload: Readonly<Record<string, unknown>>,
): Promise<Response> => {
  if (type === 'events_api') return sendSigned({ ...to, json: payload });
  if (type === 'interactive') return sendSigned({ ...to, fields: { payload: JSON.stringify(payload) } });
  const fields = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
  return sendSigned({ ...to, fields });
};
