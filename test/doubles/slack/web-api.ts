import type { Call } from './call.ts';
import * as chat from './chat-methods.ts';
import * as conversations from './conversation-methods.ts';
import * as files from './file-methods.ts';
import type { Answer, Method, World } from './methods.ts';
import { listGroups, userInfo } from './user-methods.ts';
import * as views from './view-methods.ts';
import { SlackError } from './workspace.ts';

const authTest: Method = {
  token: 'bot',
  scopes: [],
  run: () => ({
    url: 'https://slidewatch-test.slack.com/',
    team: 'Slidewatch Test',
    user: 'slidewatch',
    team_id: 'T0000000001',
    user_id: 'U0000000001',
    bot_id: 'B0000000001',
    is_enterprise_install: false,
  }),
};

const openConnection: Method = { token: 'app', scopes: [], run: ({ socketUrl }) => ({ url: socketUrl() }) };

const methods: ReadonlyMap<string, Method> = new Map([
  ['auth.test', authTest],
  ['apps.connections.open', openConnection],
  ['chat.postMessage', chat.postMessage],
  ['chat.postEphemeral', chat.postEphemeral],
  ['chat.update', chat.updateMessage],
  ['conversations.history', conversations.history],
  ['conversations.info', conversations.info],
  ['conversations.members', conversations.members],
  ['conversations.open', conversations.open],
  ['files.getUploadURLExternal', files.getUploadUrl],
  ['files.completeUploadExternal', files.completeUpload],
  ['files.info', files.fileInfo],
  ['usergroups.list', listGroups],
  ['users.info', userInfo],
  ['views.open', views.openView],
  ['views.publish', views.publishView],
  ['views.update', views.updateView],
]);

const checkToken = ({ workspace }: World, call: Call, method: Method): void => {
  const { botToken, appToken } = workspace.options;
  if (call.token === undefined) throw new SlackError('not_authed');
  const refused = workspace.refused.get(call.token);
  if (refused !== undefined) throw new SlackError(refused);
  if (call.token !== botToken && call.token !== appToken) throw new SlackError('invalid_auth');
  if (call.token !== (method.token === 'bot' ? botToken : appToken)) throw new SlackError('not_allowed_token_type');
  const { scopes } = workspace;
  if (method.scopes.length > 0 && !method.scopes.some((scope) => scopes.includes(scope))) {
    throw new SlackError('missing_scope', { needed: method.scopes[0], provided: scopes.join(',') });
  }
};

/** Carries one call out, as Slack would: `ok: false` for a refusal. TooSoon passes through. */
export const answerCall = (world: World, call: Call): Answer => {
  try {
    const method = methods.get(call.method);
    if (method === undefined) throw new SlackError('unknown_method');
    checkToken(world, call, method);
    return { ok: true, ...method.run(world, call) };
  } catch (error) {
    if (error instanceof SlackError) return { ok: false, error: error.code, ...error.extra };
    throw error;
  }
};
