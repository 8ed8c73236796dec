import type { ServerResponse } from 'node:http';
import { type Answer, tooMany } from './answer.ts';
import type { Fault } from './faults.ts';

/** Writes an answer; returns its status. A 204 carries neither body nor content type. */
export const write = (response: ServerResponse, { status, body, headers = {} }: Answer): number => {
  const all = { Via: '1.1 google', ...headers };
  if (body === undefined) response.writeHead(status, all).end();
  else response.writeHead(status, { 'Content-Type': 'application/json', ...all }).end(JSON.stringify(body));
  return status;
};

/**
 * Lets a request meet its fault; `answer` is what it would have been answered, where it was applied.
 * Returns the status that went out, undefined where none did.
 */
export const answerWithFault = (
  response: ServerResponse,
  fault: Fault,
  answer: Answer | undefined,
): number | undefined => {
  switch (fault.kind) {
    case 'too-many':
      return write(response, tooMany(fault.retryAfter, fault.scope));
    case 'status':
      response.writeHead(fault.status, { 'Content-Type': 'text/html' }).end('<html>upstream error</html>');
      return fault.status;
    case 'answer':
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return fault.status;
    case 'hang':
      return undefined;
    case 'hang-in-body':
      response.writeHead(answer?.status ?? 200, { 'Content-Type': 'application/json', ...answer?.headers });
      response.write('{"id":');
      return answer?.status;
    case 'lose-answer':
    case 'disconnect':
      response.socket?.destroy();
      return undefined;
  }
};
