/**
 * Why a host gave no usable answer.
 * `unreachable`: no answer, or an error on its side (HTTP 5xx). `throttled`: it wants no requests for a while.
 * `refused`: repeating the request would not help. `unreadable`: an answer in an unknown form.
 */
export type HostFault = 'unreachable' | 'throttled' | 'refused' | 'unreadable';

export interface HostErrorDetails {
  /** How long the host asked us to stay away, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
  /** What a person can do about it, as one clause; absent if the message says it. */
  readonly remedy?: string | undefined;
}

/**
 * A request to another service failed. Callers see this and never HTTP. The message is one line for people, without
 * bodies, tokens and contacts. Subclasses may add faults of their own.
 */
export class HostError<Fault extends string = HostFault> extends Error {
  override readonly name: string = 'HostError';
  readonly fault: Fault;
  readonly retryAfterMs: number | undefined;
  readonly remedy: string | undefined;

  constructor(fault: Fault, message: string, { retryAfterMs, cause, remedy }: HostErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
    this.remedy = remedy;
  }
}
