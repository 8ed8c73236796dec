import type { Answer } from './answer.ts';
import type { UploadedFile } from './multipart.ts';
import type { World } from './world.ts';

/** A request that has passed the token and the limits. */
export interface Call {
  readonly world: World;
  /** The address of the gateway, `ws://127.0.0.1:PORT`. */
  readonly gatewayUrl: string;
  /** What the path's pattern caught. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly payload: unknown;
  readonly files: readonly UploadedFile[];
  /** Sends an event to every client. */
  readonly dispatch: (name: string, data: unknown) => void;
}

/** One endpoint: `path` is matched below /api/v10. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** False for endpoints that carry their own secret in the path. */
  readonly token?: false;
  /** False for endpoints that no limit counts: answers to interactions. */
  readonly limited?: false;
  answer(call: Call): Answer;
}
