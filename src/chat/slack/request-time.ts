import { createHmac } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { HTTPModuleFunctions, verifySlackRequest } from '@slack/bolt';
import { STEP_MS } from '../../clock/set-watch.ts';

const { bufferIncomingMessage, buildNoBodyResponse, defaultBodyLimit, getHeader, isRawBodyError } = HTTPModuleFunctions;

const TIMESTAMP = 'x-slack-request-timestamp';
const SIGNATURE = 'x-slack-signature';

interface RequestTimeParts {
  readonly signingSecret: string;
  /** The bot's time, epoch milliseconds. */
  readonly now: () => number;
  /** The computer's clock, by which Bolt judges a request; epoch milliseconds. Default: that. */
  readonly wall?: () => number;
}

/** Whether Slack has signed the request, in the last five minutes of the bot's time. */
const isGenuine = (req: IncomingMessage, body: string, { signingSecret, now }: RequestTimeParts): boolean => {
  try {
    const headers = { [SIGNATURE]: getHeader(req, SIGNATURE), [TIMESTAMP]: Number(getHeader(req, TIMESTAMP)) };
    verifySlackRequest({ signingSecret, body, headers, nowMilliseconds: now() });
    return true;
  } catch {
    return false;
  }
};

/**
 * Slack signs a request together with its time, and Bolt refuses one that is five minutes old by the computer's clock. While
 * that is off, requests are judged by the bot's time before Bolt sees them: a genuine one is signed anew, with the time
 * that the computer shows; any other loses its signature, without which Bolt refuses it.
 */
export const byBotTime =
  (listener: RequestListener, parts: RequestTimeParts): RequestListener =>
  (req, res) => {
    const { signingSecret, now, wall = Date.now } = parts;
    if (req.method !== 'POST' || Math.abs(now() - wall()) <= STEP_MS) return listener(req, res);
    void (async () => {
      try {
        const body = (await bufferIncomingMessage(req, defaultBodyLimit)).rawBody.toString();
        if (isGenuine(req, body, parts)) {
          const time = String(Math.floor(wall() / 1_000));
          req.headers[TIMESTAMP] = time;
          req.headers[SIGNATURE] =
            `v0=${createHmac('sha256', signingSecret).update(`v0:${time}:${body}`).digest('hex')}`;
        } else delete req.headers[SIGNATURE];
        listener(req, res);
      } catch (error) {
        // A body that is too long or breaks off, or a path that nobody listens to.
        buildNoBodyResponse(res, isRawBodyError(error) ? error.statusCode : 404);
      }
    })();
  };
