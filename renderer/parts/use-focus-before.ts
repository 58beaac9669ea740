import { useRef } from 'react';

/**
 * What Radix needs to give the focus back when something was opened by a key: without a trigger it would go to the top of
 * the page. Nothing inside may have `autoFocus`, which would come first.
 */
export function useFocusBefore() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      const target = before.current?.isConnected === true ? before.current : document.getElementById('main');
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    },
    /** Another screen is shown: the focus belongs there. */
    forget: () => {
      before.current = null;
    },
  };
}
