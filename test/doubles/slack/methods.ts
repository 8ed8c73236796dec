import type { Call } from './call.ts';
import type { Workspace } from './workspace.ts';

export type Answer = Readonly<Record<string, unknown>>;

/** What a method may use besides the workspace. */
export interface World {
  readonly workspace: Workspace;
  /** The double's own address, without a path. */
  readonly origin: () => string;
  /** A one-time address for a socket. */
  readonly socketUrl: () => string;
  readonly onInvalid: (call: Call, faults: readonly string[]) => void;
  readonly onMention: (mention: string) => void;
}

/** One method of the Web API. Throws SlackError for `ok: false`. */
export interface Method {
  /** The kind of token it takes. */
  readonly token: 'bot' | 'app';
  /** The scopes it needs; any one of them will do. */
  readonly scopes: readonly string[];
  readonly run: (world: World, call: Call) => Answer;
}
