import type { Assistant, StreamEvent } from './stream-message.ts';

/** What came in pieces before it comes whole: a message is told once and counted once. */
export interface MessagePieces {
  readonly take: (event: StreamEvent) => void;
  /** A whole message, or a block of one, has come. */
  readonly close: (assistant: Assistant) => { readonly wasTold: boolean; readonly isNewRequest: boolean };
}

/** Claude gives the blocks of one message the same id; Qwen Code gives each an id of its own. */
export function createMessagePieces(): MessagePieces {
  let isOpen = false;
  let isCounted = false;
  let hasPieces = false;
  let lastId: string | null = null;
  return {
    take(event) {
      const { type } = event.event;
      if (event.parent_tool_use_id != null) return;
      if (type === 'message_start' || type === 'message_stop') {
        isOpen = type === 'message_start';
        isCounted = false;
        hasPieces = false;
      }
      if (isPiece(event)) hasPieces = true;
    },
    close({ message, parent_tool_use_id }) {
      if (parent_tool_use_id != null) return { wasTold: true, isNewRequest: true };
      const told = { wasTold: hasPieces, isNewRequest: isOpen ? !isCounted : message.id !== lastId };
      isCounted = true;
      hasPieces = false;
      lastId = message.id;
      return told;
    },
  };
}

/** What subagents say to their agent is no message to the person. */
export const isPiece = ({ event, parent_tool_use_id }: StreamEvent): boolean =>
  parent_tool_use_id == null && (event.delta?.text != null || event.delta?.thinking != null);
