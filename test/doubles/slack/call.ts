import type { IncomingMessage } from 'node:http';

/** One call of the Web API as the double read it. */
export interface Call {
  readonly method: string;
  /** Arguments; those sent as JSON inside a form are parsed. The token is not among them. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly token: string | undefined;
}

export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Slack takes structured arguments in a form as JSON text. */
const structured: ReadonlySet<string> = new Set(['blocks', 'attachments', 'metadata', 'files', 'view']);

const formValue = (name: string, value: string): unknown => {
  if (!structured.has(name)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

const parameters = (type: string, body: Buffer): Record<string, unknown> => {
  const text = body.toString('utf8');
  if (text === '') return {};
  if (type.startsWith('application/json')) {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  }
  return Object.fromEntries(Array.from(new URLSearchParams(text), ([name, value]) => [name, formValue(name, value)]));
};

/** Reads form-encoded and JSON bodies; the token comes in the Authorization header or as an argument. */
export const readCall = async (request: IncomingMessage, method: string): Promise<Call> => {
  const { token, ...params } = parameters(request.headers['content-type'] ?? '', await readBody(request));
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return { method, params, token: bearer ?? (typeof token === 'string' ? token : undefined) };
};

export const textParam = (call: Call, name: string): string => {
  const value = call.params[name];
  return typeof value === 'string' ? value : '';
};

/** Numbers and booleans arrive as text in a form and as themselves in JSON. */
export const numberParam = (call: Call, name: string): number | undefined => {
  const value = call.params[name];
  return value === undefined || value === '' ? undefined : Number(value);
};

export const flagParam = (call: Call, name: string): boolean => ['true', '1'].includes(String(call.params[name]));
