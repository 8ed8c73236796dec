import type { Lack } from '../platform.ts';
import type { SlackFault } from './fault.ts';
import { scopeRemedy } from './refusals.ts';

/**
 * The errors of uploads that posts do not have, each in one class: `workspace` for what its owners can change, `ours` for a fault of
 * our call, `passing` for what may be good the next time.
 * Source: the error tables of docs.slack.dev/reference/methods/files.getUploadURLExternal, /files.completeUploadExternal and
 * /files.info; read on 2026-11-27.
 */
export const FILE_REFUSALS = {
  workspace: [
    ...['file_uploads_disabled', 'file_uploads_except_images_disabled', 'file_type_not_allowed'],
    ...['file_upload_size_restricted', 'storage_limit_reached'],
  ],
  ours: [
    ...['missing_argument', 'invalid_channel', 'alt_txt_too_large'],
    ...['snippet_too_large', 'unknown_snippet_type', 'unknown_subtype'],
  ],
  passing: ['file_update_failed'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Of posts, too, but for a file a matter of the workspace. */
const DENIED: readonly string[] = ['access_denied', 'no_permission', 'posting_to_channel_denied'];

const forWorkspace: ReadonlySet<string> = new Set([...FILE_REFUSALS.workspace, ...DENIED]);

/** What a person can do about a refused upload; undefined: it is none of theirs, or may pass. `scope`: that of the call. */
export const pictureLackOf = (fault: SlackFault, scope: string): Lack | undefined => {
  if (fault.kind !== 'refused') return undefined;
  const { code } = fault;
  const reason = `Slack takes no picture from the bot (${code}).`;
  if (code === 'missing_scope') {
    const values = { scope: fault.scope ?? scope };
    return { part: 'picture', reason, remedy: scopeRemedy(values.scope), why: { key: 'slack-scope', values } };
  }
  if (!forWorkspace.has(code)) return undefined;
  const remedy = 'Ask a workspace owner to let the app Slidewatch upload files.';
  return { part: 'picture', reason, remedy, why: { key: 'slack-uploads', values: { code } } };
};
