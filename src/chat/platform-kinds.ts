import { discord } from './discord/kind.ts';
import type { PlatformKind } from './platform-kind.ts';
import { slack } from './slack/kind.ts';
import { webhook } from './webhook/kind.ts';

/** The platforms that .env and config/channels.yaml can set up. */
export const PLATFORM_KINDS: readonly PlatformKind[] = [discord, slack, webhook];
