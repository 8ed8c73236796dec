import { createHmac } from 'node:crypto';

export interface SignedRequest {
  readonly address: string;
  readonly signingSecret: string;
  /** The form's fields, as Slack sends a slash command. */
  readonly fields: Readonly<Record<string, string>>;
  /** Epoch seconds; now by default. */
  readonly timestamp?: number;
}

/** Sends a request to HTTP mode as Slack does: v0, the timestamp and the raw body under HMAC-SHA256. */
export const sendSigned = ({ address, signingSecret, fields, timestamp }: SignedRequest): Promise<Response> => {
  const at = String(timestamp ?? Math.floor(Date.now() / 1_000));
  const body = new URLSearchParams(fields).toString();
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  return fetch(address, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${signature}`,
    },
  });
};
