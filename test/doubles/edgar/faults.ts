import type { Endpoint } from './archive.ts';
import { type Answer, tooMany, unavailable, undeclared } from './pages.ts';

export interface DoubleRequest {
  readonly endpoint: Endpoint | undefined;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Milliseconds on the double's clock. */
  readonly at: number;
  /** What was answered; 0 where nothing was. */
  readonly status: number;
}

/**
 * `hang`: no answer. `disconnect`: the connection goes before an answer. `break-off`: it goes in the middle of the body.
 * `truncated`: the answer ends properly and half of the JSON or of the document is missing. `stale`: it is the answer of an earlier time.
 */
export type Fault =
  | 'throttled-429'
  | 'throttled-403'
  | 'undeclared'
  | 'unavailable'
  | 'hang'
  | 'disconnect'
  | 'break-off'
  | 'truncated'
  | 'stale';

export interface FailPlan {
  readonly fault: Fault;
  /** Default: every endpoint. */
  readonly on?: readonly Endpoint[];
  /** How many matching requests get through first. Default: 0. */
  readonly after?: number;
  /** How many it then strikes. Default: 1. */
  readonly times?: number;
  /** Sent as Retry-After, in seconds or as given. The SEC sends none. */
  readonly retryAfter?: number | string;
  /** The time of a stale answer, epoch milliseconds. */
  readonly asOf?: number;
}

export type Struck = Answer | 'hang' | 'disconnect' | 'break-off' | 'truncated' | { readonly asOf: number };

const struckBy = ({ fault, retryAfter, asOf = 0 }: FailPlan): Struck => {
  if (fault === 'stale') return { asOf };
  const pages = {
    'throttled-429': () => tooMany(429),
    'throttled-403': () => tooMany(403),
    undeclared,
    unavailable,
  };
  if (!(fault in pages)) return fault as 'hang' | 'disconnect' | 'break-off' | 'truncated';
  const answer = pages[fault as keyof typeof pages]();
  if (retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } };
};

/** The faults planned so far; the first that wants a request gets it. */
export const createFaults = () => {
  let plans: { readonly plan: FailPlan; passed: number; struck: number }[] = [];
  return {
    add(plan: FailPlan): void {
      plans.push({ plan, passed: 0, struck: 0 });
    },
    clear(): void {
      plans = [];
    },
    strike(endpoint: Endpoint | undefined): Struck | undefined {
      for (const it of plans) {
        const { plan } = it;
        if (plan.on && (endpoint === undefined || !plan.on.includes(endpoint))) continue;
        if (it.passed < (plan.after ?? 0)) {
          it.passed += 1;
          continue;
        }
        if (it.struck >= (plan.times ?? 1)) continue;
        it.struck += 1;
        return struckBy(plan);
      }
      return undefined;
    },
  };
};
