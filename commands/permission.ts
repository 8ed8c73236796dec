import type { Question } from './command.ts';
import { type Problem, type ProblemContext, problem } from './problems.ts';

/** Platforms that have words of their own for who may change a channel. */
const NAMED = new Set(['discord', 'slack']);

/**
 * Why the person may not change this channel, or undefined where they may. Asks the platform, now: what somebody was
 * allowed a moment ago does not count. Where the platform cannot say, nobody may.
 */
export const whyNotChange = async (
  asked: ProblemContext,
  { mayChange, workspace, platform }: Pick<Question, 'mayChange' | 'workspace' | 'platform'>,
): Promise<Problem | undefined> => {
  if (mayChange === undefined)
    return problem(asked, NAMED.has(platform) && workspace === undefined ? 'channel.direct' : 'permission.nowhere');
  let may: boolean;
  try {
    may = await mayChange();
  } catch {
    return problem(asked, 'permission.unknown');
  }
  return may ? undefined : problem(asked, NAMED.has(platform) ? `permission.${platform}` : 'permission.nowhere');
};
