import type { Question } from './command.ts';
import { type Problem, problem, type Reader } from './problems.ts';

/** Platforms with messages of their own about who may change a channel. */
const PLATFORMS_WITH_RIGHTS = new Set(['discord', 'slack']);

/**
 * Why the person may not change this channel; undefined if they may. Asks the platform every time, because rights
 * change. If the platform cannot tell, nobody may.
 */
export const permissionProblem = async (
  reader: Reader,
  { mayChange, workspace, platform }: Pick<Question, 'mayChange' | 'workspace' | 'platform'>,
): Promise<Problem | undefined> => {
  if (mayChange === undefined)
    return problem(
      reader,
      PLATFORMS_WITH_RIGHTS.has(platform) && workspace === undefined ? 'channel.direct' : 'permission.nowhere',
    );
  let may: boolean;
  try {
    may = await mayChange();
  } catch {
    return problem(reader, 'permission.unknown');
  }
  return may
    ? undefined
    : problem(reader, PLATFORMS_WITH_RIGHTS.has(platform) ? `permission.${platform}` : 'permission.nowhere');
};
