import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';

/** RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json';

export const problemSchema = z.strictObject({
  type: z.string().describe('What kind of problem it is: a tag URI, or about:blank where the status says everything.'),
  title: z.string().min(1).describe('The same for every problem of this type.'),
  status: z.int().min(400).max(599).describe('The HTTP status.'),
  detail: z.string().min(1).describe('What happened here, and what helps.'),
  errors: z
    .array(z.strictObject({ parameter: z.string(), detail: z.string().min(1) }))
    .optional()
    .describe('Each parameter that cannot be used.'),
});

type Problem = z.infer<typeof problemSchema>;

const TITLES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** A problem of which its status says everything. */
export const plainProblem = (status: number, detail: string): Problem => ({
  type: 'about:blank',
  title: TITLES[status] ?? 'Error',
  status,
  detail: detail.trim(),
});

/** A question with parameters that cannot be used. */
export const badParameters = (errors: NonNullable<Problem['errors']>): Problem => ({
  type: 'tag:slidewatch,2026:bad-parameter',
  title: 'A parameter cannot be used',
  status: 400,
  detail: errors.map(({ parameter, detail }) => `${parameter}: ${detail}`).join('; '),
  errors,
});

/** Answers with a problem document, which is not kept by anybody. */
export const problemResponse = (
  context: Context,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  context.body(JSON.stringify(problemSchema.parse(problem)), problem.status as ContentfulStatusCode, {
    'cache-control': 'no-store',
    ...headers,
    'content-type': PROBLEM_TYPE,
  });

/** Whether a path is of the interface for programs, which get every refusal as a problem document. */
const isForPrograms = (path: string): boolean => /^\/(api(\/|$)|feed\.(atom|rss)$)/.test(path);

/** A refusal: text for people, a problem document for programs. */
export const refusal = (
  context: Context,
  status: ContentfulStatusCode,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  isForPrograms(context.req.path)
    ? problemResponse(context, plainProblem(status, text), headers)
    : context.text(`${text}\n`, status, headers);

/** The problem document for a program; undefined for a path of people, who get a page. */
export const problemForPrograms = (context: Context, status: number, text: string): Response | undefined =>
  isForPrograms(context.req.path) ? problemResponse(context, plainProblem(status, text)) : undefined;
