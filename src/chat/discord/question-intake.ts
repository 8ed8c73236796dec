import type { Command } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { PendingReplies } from '../../stories/pending-reply.ts';
import type { Logger } from '../../telemetry/log.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { commandDefinitions } from './command-definitions.ts';
import { createInteractions, type InteractionsOptions } from './interactions.ts';
import type { InvalidRequestGuard } from './invalid-request-guard.ts';
import { createPendingInteractions } from './pending-interactions.ts';
import { registerCommands } from './register-commands.ts';
import { createRestClient, dispose, type RestClient } from './rest-client.ts';
import type { SessionListener } from './session.ts';

export interface QuestionIntakeOptions {
  readonly questions?: Questions;
  readonly commands?: readonly Command[];
  readonly catalogue?: Catalogue;
  readonly pendingReplies?: PendingReplies;
  readonly deferAfterMs?: number;
  readonly onRights?: InteractionsOptions['onRights'];
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
  readonly retryMs: number;
  readonly guard: InvalidRequestGuard;
  /** For requests with the bot's token. */
  readonly client: RestClient;
  readonly log: Logger;
  readonly stopping: AbortSignal;
}

/** Takes questions on Discord: registers the commands and answers interactions. */
export interface QuestionIntake {
  readonly listener: SessionListener;
  /** Whether people can add the app for themselves, as far as Discord has told. */
  readonly forPeople: () => boolean;
  /** Tells askers whose answers a restart has interrupted. Never rejects. */
  notifyInterrupted(): Promise<void>;
  stop(): Promise<void>;
}

/** Half of the three seconds that Discord gives for a first response. */
const DEFAULT_DEFER_AFTER_MS = 1_500;
/** Far below the fifteen minutes for which Discord shows "thinking". */
const ANSWER_TIMEOUT_MS = MINUTE_MS;

/** Undefined without questions, commands and catalogue. Registers the commands with the first session. */
export const createQuestionIntake = (options: QuestionIntakeOptions): QuestionIntake | undefined => {
  const { questions, commands, catalogue, client, log, stopping, retryMs, apiUrl, timeoutMs, guard } = options;
  if (questions === undefined || commands === undefined || catalogue === undefined) return undefined;
  const answerClient = createRestClient({ apiUrl, timeoutMs, guard, stopping });
  const { pendingReplies, now } = options;
  let forPeople = true;
  const pending =
    pendingReplies && createPendingInteractions({ pendingReplies, catalogue, client: answerClient, log, now });
  const interactions = createInteractions({
    ...{ questions, commands, catalogue, log, pending },
    client: answerClient,
    deferAfterMs: options.deferAfterMs ?? DEFAULT_DEFER_AFTER_MS,
    answerTimeoutMs: ANSWER_TIMEOUT_MS,
    onRights: options.onRights,
    forPeople: () => forPeople,
  });
  const definitions = commandDefinitions(commands, catalogue);
  let registered = false;
  return {
    listener: {
      ready: (applicationId) => {
        if (registered) return;
        registered = true;
        const onServersAlone = () => {
          forPeople = false;
        };
        void registerCommands(applicationId, definitions, { client, log, stopping, retryMs, onServersAlone });
      },
      interaction: interactions.handle,
    },
    forPeople: () => forPeople,
    notifyInterrupted: async () => pending?.notifyInterrupted(),
    stop: async () => {
      await interactions.stop();
      dispose(answerClient);
    },
  };
};
