import type { ExecutorTask } from '../executor.ts';
import { RESULT_FILE } from './chat-files.ts';

/** What a chat reads: the whole task, where it may work, and how it hands its work in. */
export const describeTask = ({ attemptId, prompt, worktreePath }: ExecutorTask): string => `${prompt}

Where To Work
Only in ${worktreePath}, which is a worktree made for this task (attempt ${attemptId}). Leave commits to Codencer.

How To Hand In
Write ${RESULT_FILE} there as JSON when you are done or cannot go on:
{"status": "completed", "summary": "what you did"}
{"status": "failed", "summary": "what went wrong"}
{"status": "needs_input", "summary": "how far you came", "questions": ["what you need to know"]}
`;
