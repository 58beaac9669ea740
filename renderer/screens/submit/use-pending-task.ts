import { useEffect, useState } from 'react';
import type { JsonObject } from '../../../contract/client/json-value.ts';
import type { Result } from '../../../contract/result.ts';
import { parseTask } from './parse-task.ts';

/** What is written so far, as a task; null: it is being read. */
export function usePendingTask(text: string, runId: string): Result<JsonObject, string> | null {
  const [read, setRead] = useState<Result<JsonObject, string> | null>(null);
  useEffect(() => {
    let isWanted = true;
    void parseTask(text, runId).then((result) => {
      if (isWanted) setRead(result);
    });
    return () => {
      isWanted = false;
    };
  }, [text, runId]);
  return read;
}
