import { discord } from './discord/kind.ts';
import type { PlatformKind } from './platform-kind.ts';
import { slack } from './slack/kind.ts';

/** The platforms that .env can set up. */
export const PLATFORM_KINDS: readonly PlatformKind[] = [discord, slack];
