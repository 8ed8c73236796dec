import { z } from 'zod';
import type { Logger } from '../../telemetry/log.ts';

/** What Slack sends us: frames of a socket, and the bodies of signed requests. Only what the library relies on. */

const text = z.string();
const one = z.object({ id: text });

const payloads = {
  slash_commands: z.looseObject({ command: text, text: text.nullish(), channel_id: text, user_id: text }),
  interactive: z.looseObject({
    type: text,
    user: one,
    actions: z
      .array(z.looseObject({ action_id: text.nullish() }))
      .min(1)
      .optional(),
    view: z.looseObject({}).optional(),
  }),
  events_api: z.looseObject({
    // The library takes a user that is null for an object.
    event: z.looseObject({ type: text, user: z.union([text, z.looseObject({})]).optional() }),
    authorizations: z.array(z.looseObject({})).nullish(),
  }),
} as const;

type Kind = keyof typeof payloads;

const isKind = (type: unknown): type is Kind => typeof type === 'string' && Object.hasOwn(payloads, type);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Which part of a payload cannot be used, such as `event.type`; undefined: it can be. */
const faultOfPayload = (kind: Kind, payload: unknown): string | undefined => {
  const read = payloads[kind].safeParse(payload);
  return read.success ? undefined : read.error.issues[0]?.path.join('.') || 'payload';
};

/** What a person may be told of a frame or a body that makes no sense: its kind and where it is wrong, not what it holds. */
export interface Nonsense {
  readonly kind: string;
  readonly fault: string;
}

const KNOWN = ['hello', 'disconnect', ...Object.keys(payloads)];

const nonsenseOfEnvelope = (read: unknown): Nonsense | undefined => {
  if (!isObject(read)) return { kind: 'unknown', fault: 'no object' };
  const type: unknown = Reflect.get(read, 'type');
  if (typeof type !== 'string' || !KNOWN.includes(type)) return { kind: 'unknown', fault: 'type' };
  if (!isKind(type)) return undefined;
  if (typeof Reflect.get(read, 'envelope_id') !== 'string') return { kind: type, fault: 'envelope_id' };
  const fault = faultOfPayload(type, Reflect.get(read, 'payload'));
  return fault === undefined ? undefined : { kind: type, fault };
};

interface ReadFrame {
  /** Why it cannot be used; absent: it can be. */
  readonly nonsense?: Nonsense;
  /** The number of sockets that Slack says the app has, in its hello. */
  readonly connections?: number;
}

const helloSchema = z.object({ num_connections: z.int().min(0) });

/** Reads a frame of a socket. */
export const readFrame = (frame: string): ReadFrame => {
  let read: unknown;
  try {
    read = JSON.parse(frame);
  } catch {
    return { nonsense: { kind: 'unknown', fault: 'no JSON' } };
  }
  const nonsense = nonsenseOfEnvelope(read);
  if (nonsense) return { nonsense };
  const hello = isObject(read) && Reflect.get(read, 'type') === 'hello' ? helloSchema.safeParse(read).data : undefined;
  return hello ? { connections: hello.num_connections } : {};
};

/** Why the body of a signed request cannot be used. Slack's checks of the address are no questions. */
export const nonsenseOfBody = (body: unknown): Nonsense | undefined => {
  if (!isObject(body)) return { kind: 'unknown', fault: 'no object' };
  const type: unknown = Reflect.get(body, 'type');
  if (Reflect.has(body, 'ssl_check')) return undefined;
  if (type === 'url_verification')
    return typeof Reflect.get(body, 'challenge') === 'string'
      ? undefined
      : { kind: 'url_verification', fault: 'challenge' };
  const kind = Reflect.has(body, 'command')
    ? 'slash_commands'
    : Reflect.has(body, 'event')
      ? 'events_api'
      : 'interactive';
  const fault = faultOfPayload(kind, body);
  return fault === undefined ? undefined : { kind, fault };
};

/** Different faults that are warned of; others are debug lines. */
const MAX_SAID = 100;

/** Logs what made no sense: each kind of fault once as a warning. */
export const createNonsenseLog = (log: Logger): ((nonsense: Nonsense) => void) => {
  const said = new Set<string>();
  let count = 0;
  return ({ kind, fault }) => {
    count += 1;
    const which = `${kind} ${fault}`;
    const isNew = !said.has(which) && said.size < MAX_SAID;
    said.add(which);
    log[isNew ? 'warn' : 'debug']({ kind, fault, count }, 'slack sent something that makes no sense: ignored');
  };
};
