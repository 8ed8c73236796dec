import { expect, test } from 'vitest';
import { FILE_REFUSALS, pictureLackOf } from '../../../src/chat/slack/file-refusals.ts';
import { refusalOfCode } from '../../../src/chat/slack/refusals.ts';
import { CHANNEL, calls, double, platform, png, posting } from './support.ts';

/** Errors that every method has. Source: docs.slack.dev/reference/methods, the tables of the methods below, read on 2026-11-27. */
const COMMON =
  'access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied enterprise_is_restricted fatal_error internal_error invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_charset invalid_form_data invalid_post_type method_deprecated missing_post_type missing_scope no_permission not_allowed_token_type not_authed org_login_required ratelimited request_timeout service_unavailable team_access_not_granted team_added_to_org token_expired token_revoked two_factor_setup_required'.split(
    ' ',
  );

/** Those of each method alone. Same source and day. */
const OWN = {
  'files.getUploadURLExternal':
    'alt_txt_too_large file_type_not_allowed file_upload_size_restricted file_uploads_disabled file_uploads_except_images_disabled missing_argument snippet_too_large storage_limit_reached unknown_snippet_type unknown_subtype',
  'files.completeUploadExternal': 'file_not_found file_update_failed invalid_channel posting_to_channel_denied',
  'files.info': 'file_deleted file_not_found',
};

const classesOf = (code: string): string[] => [
  ...(refusalOfCode(code) ? ['of posts'] : []),
  ...Object.entries(FILE_REFUSALS).flatMap(([about, codes]) => (codes.some((each) => each === code) ? [about] : [])),
];

test.each(Object.entries(OWN))('every error of %s is in exactly one class', (_, own) => {
  for (const code of [...COMMON, ...own.split(' ')])
    expect([code, classesOf(code)]).toEqual([code, [expect.any(String)]]);
});

test('no error is in a class that no table has', () => {
  const documented = Object.values(OWN).flatMap((own) => own.split(' '));
  for (const code of Object.values(FILE_REFUSALS).flat()) expect(documented).toContain(code);
});

test('only what a person can change is a lack', () => {
  const lackFor = (code: string) => pictureLackOf({ kind: 'refused', code, details: [] }, 'files:write')?.why?.key;
  for (const code of FILE_REFUSALS.workspace) expect(lackFor(code)).toBe('slack-uploads');
  for (const code of [...FILE_REFUSALS.ours, ...FILE_REFUSALS.passing]) expect(lackFor(code)).toBeUndefined();
  expect(['missing_scope', 'no_permission', 'internal_error', 'token_revoked', 'file_not_found'].map(lackFor)).toEqual([
    'slack-scope',
    'slack-uploads',
    undefined,
    undefined,
    undefined,
  ]);
  expect(pictureLackOf({ kind: 'lost', cause: 'ECONNRESET' }, 'files:write')).toBeUndefined();
});

test.each([
  ['files.getUploadURLExternal', 'file_uploads_disabled', 'slack-uploads', { code: 'file_uploads_disabled' }],
  ['files.completeUploadExternal', 'missing_scope', 'slack-scope', { scope: 'files:write' }],
  ['files.info', 'missing_scope', 'slack-scope', { scope: 'files:read' }],
])('a picture that %s refuses with %s costs only itself, and the card says why', async (method, error, key, values) => {
  const slack = await double();
  slack.fail(({ method: called }) => (called === method ? { kind: 'error', error } : undefined));
  const bot = platform(slack);
  expect(await bot.post(posting({ png }))).toMatchObject({
    kind: 'sent',
    without: [{ part: 'picture', reason: expect.stringContaining(error), why: { key, values } }],
  });
  await bot.stop();
  expect(slack.messages(CHANNEL)).toHaveLength(1);
  expect([calls(slack, method), calls(slack, 'chat.update')]).toEqual([1, 0]);
});

test('an upload that fails for a reason of the network is none of a person', async () => {
  const slack = await double();
  slack.fail({ method: 'files.getUploadURLExternal', how: { kind: 'error', error: 'internal_error' } });
  expect(await platform(slack).post(posting({ png }))).not.toHaveProperty('without');
});
