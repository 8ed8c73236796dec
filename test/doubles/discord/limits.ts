import { type Answer, tooMany } from './answer.ts';

export interface LimitOptions {
  /** Requests per route and channel in `seconds`. Discord does not promise a number; 5 in 5 s is what it mostly names. */
  readonly route: { readonly requests: number; readonly seconds: number };
  /** Requests a second over all routes; Discord's is 50. */
  readonly globalPerSecond: number;
}

interface Window {
  opened: number;
  used: number;
}

export interface Limits {
  /** A 429 where the request is one too many, else the headers that its answer carries. */
  take(bucket: string): { readonly refused: Answer } | { readonly headers: Record<string, string> };
}

/** Fixed windows, like Discord's. `now` in epoch milliseconds. */
export const createLimits = ({ route, globalPerSecond }: LimitOptions, now: () => number): Limits => {
  const buckets = new Map<string, Window>();
  const all: Window = { opened: 0, used: 0 };
  const use = (window: Window, lengthMs: number): number => {
    if (now() - window.opened >= lengthMs) Object.assign(window, { opened: now(), used: 0 });
    window.used += 1;
    return (window.opened + lengthMs - now()) / 1000;
  };
  return {
    take: (bucket) => {
      const globalLeft = use(all, 1000);
      if (all.used > globalPerSecond) return { refused: tooMany(globalLeft, 'global') };
      const window = buckets.get(bucket) ?? { opened: 0, used: 0 };
      buckets.set(bucket, window);
      const left = use(window, route.seconds * 1000);
      const headers = {
        'X-RateLimit-Limit': String(route.requests),
        'X-RateLimit-Remaining': String(Math.max(0, route.requests - window.used)),
        'X-RateLimit-Reset': String(now() / 1000 + left),
        'X-RateLimit-Reset-After': String(left),
        'X-RateLimit-Bucket': Buffer.from(bucket.replaceAll(/\d{15,}/g, ''))
          .toString('hex')
          .slice(0, 32),
      };
      if (window.used <= route.requests) return { headers };
      const refused = tooMany(left, 'user');
      return { refused: { ...refused, headers: { ...headers, ...refused.headers } } };
    },
  };
};
