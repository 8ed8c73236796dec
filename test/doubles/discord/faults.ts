import { seeded } from '../random.ts';
import type { LimitScope } from './answer.ts';

/** What goes wrong with one request. */
export type Fault =
  /** `retryAfter` in seconds; null names no time. */
  | { readonly kind: 'too-many'; readonly retryAfter: number | null; readonly scope: LimitScope }
  /** This status and no Discord body: 500, 502, 503; nothing is applied. */
  | { readonly kind: 'status'; readonly status: number }
  /** Nothing is applied; answered with this, as what stands before Discord does, or Discord for a reason of its own. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Nothing is applied and nothing answered. */
  | { readonly kind: 'hang' }
  /** Applied, answered with headers, and the body never ends. */
  | { readonly kind: 'hang-in-body' }
  /** Applied, and the connection is cut before the answer. */
  | { readonly kind: 'lose-answer' }
  /** The connection is cut before anything is applied. */
  | { readonly kind: 'disconnect' };

/** What a fault may be decided by. */
export interface Asked {
  readonly method: string;
  /** Below /api/v10, without the query. */
  readonly path: string;
  readonly payload: unknown;
}

/** The next `times` requests that match (one by default; posted messages by default) meet the fault. */
export interface FaultPlan {
  readonly fault: Fault;
  readonly times?: number;
  readonly matching?: (request: Asked) => boolean;
}

/** Each posted message meets one of the faults with this probability; the same seed gives the same sequence. */
export interface RandomFaults {
  readonly rate: number;
  readonly seed: number;
  readonly faults: readonly Fault[];
}

export type Decide = (request: Asked) => Fault | undefined;

export const isPostedMessage = ({ method, path }: Asked): boolean =>
  method === 'POST' && /^\/channels\/\d+\/messages$/.test(path);

/** A plan, a random rate or a function of the request, as a function of the request. */
export const decider = (plan: FaultPlan | RandomFaults | Decide): Decide => {
  if (typeof plan === 'function') return plan;
  if ('rate' in plan) {
    const random = seeded(plan.seed);
    return (request) => {
      if (!isPostedMessage(request) || random() >= plan.rate) return undefined;
      return plan.faults[Math.floor(random() * plan.faults.length)];
    };
  }
  let left = plan.times ?? 1;
  const matching = plan.matching ?? isPostedMessage;
  return (request) => {
    if (left === 0 || !matching(request)) return undefined;
    left -= 1;
    return plan.fault;
  };
};

/** Discord's own refusal with a code. */
export const refusal = (status: number, code: number, message: string): Fault => ({
  kind: 'answer',
  status,
  body: JSON.stringify({ message, code }),
  headers: { 'Content-Type': 'application/json', Via: '1.1 google' },
});

/** A page of what stands before Discord. */
export const page = (status: number, headers: Readonly<Record<string, string>> = {}): Fault => ({
  kind: 'answer',
  status,
  body: `<html><head><title>${status}</title></head><body><center>cloudflare</center></body></html>`,
  headers: { 'Content-Type': 'text/html', Server: 'cloudflare', ...headers },
});
