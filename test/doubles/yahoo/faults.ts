import { type Answer, json, refusal, text } from './answers.ts';

export type Endpoint = 'page' | 'consent' | 'crumb' | 'quote' | 'chart' | 'fundamentals' | 'events';

export interface DoubleRequest {
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Ways to go wrong that are no answer at all. */
export type Silence = 'hang' | 'disconnect';

export type Fault =
  | 'invalid-crumb'
  | 'unable-to-access'
  | 'edge-429'
  | 'json-429'
  | 'server-error'
  | 'junk-crumb'
  | 'empty-result'
  | Silence;

export interface FailPlan {
  readonly fault: Fault;
  /** Default: `junk-crumb` strikes the crumb, everything else quotes, charts and fundamentals. */
  readonly on?: readonly Endpoint[];
  /** How many matching requests it strikes. Default: 1. */
  readonly times?: number;
  /** Sent as Retry-After, in seconds or as given, with a 429. */
  readonly retryAfter?: number | string;
}

/** Looks at each request and says what happens to it; undefined lets it through. */
export type Decide = (request: DoubleRequest) => Fault | Answer | undefined;

/** What an answer is wrapped in. */
const ROOMS: { readonly [Key in Endpoint]?: string } = {
  chart: 'chart',
  fundamentals: 'timeseries',
  events: 'quoteSummary',
};

/** Bodies as users of Yahoo reported them. */
const BODIES: Readonly<Record<Exclude<Fault, Silence>, (endpoint: Endpoint) => Answer>> = {
  'invalid-crumb': () => refusal(401, 'finance', 'Unauthorized', 'Invalid Crumb'),
  'unable-to-access': () => refusal(401, 'finance', 'Unauthorized', 'User is unable to access this feature'),
  'edge-429': () => text(429, 'Edge: Too Many Requests'),
  'json-429': () => refusal(429, 'finance', 'Too Many Requests', 'Too Many Requests'),
  'server-error': () => text(500, 'Internal Server Error'),
  'junk-crumb': () => text(200, 'Too Many Requests\r\n'),
  'empty-result': (endpoint) => json(200, { [ROOMS[endpoint] ?? 'quoteResponse']: { result: [], error: null } }),
};

const isSilence = (fault: Fault): fault is Silence => fault === 'hang' || fault === 'disconnect';

/** The plan as a deciding function that lets everything through once it has struck often enough. */
const decideBy = ({ fault, on, times = 1, retryAfter }: FailPlan): Decide => {
  const endpoints = on ?? (fault === 'junk-crumb' ? ['crumb'] : ['quote', 'chart', 'fundamentals']);
  let left = times;
  return ({ endpoint }) => {
    if (left === 0 || !endpoints.includes(endpoint)) return undefined;
    left -= 1;
    if (isSilence(fault)) return fault;
    const answer = BODIES[fault](endpoint);
    if (retryAfter === undefined) return answer;
    return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } };
  };
};

/** The faults planned so far; the first that wants a request gets it. */
export const createFaults = () => {
  let plans: Decide[] = [];
  return {
    add(plan: FailPlan | Decide): void {
      plans.push(typeof plan === 'function' ? plan : decideBy(plan));
    },
    clear(): void {
      plans = [];
    },
    strike(request: DoubleRequest): Silence | Answer | undefined {
      for (const decide of plans) {
        const verdict = decide(request);
        if (verdict === undefined) continue;
        return typeof verdict === 'string' && !isSilence(verdict) ? BODIES[verdict](request.endpoint) : verdict;
      }
      return undefined;
    },
  };
};
