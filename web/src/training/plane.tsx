/** What lies over a decision boundary and takes the pointer: places in the unit square. */
import { useRef } from "preact/hooks";

export interface Place {
  x1: number;
  x2: number;
}

interface Props {
  /** What can be done here. */
  label: string;
  /** Pressed at a place; what it returns follows the pointer until it is let go. */
  onPress(at: Place): ((to: Place) => void) | void;
}

export function PlaneOverlay({ label, onPress }: Props) {
  const move = useRef<((to: Place) => void) | void>(undefined);
  return (
    <div
      class="plane-overlay"
      title={label}
      onPointerDown={(event) => {
        move.current = onPress(placeOf(event));
        if (move.current) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => move.current?.(placeOf(event))}
      onPointerUp={() => (move.current = undefined)}
      onPointerCancel={() => (move.current = undefined)}
    />
  );
}

function placeOf(event: PointerEvent & { currentTarget: HTMLElement }): Place {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  const inside = (value: number) => Math.min(1, Math.max(0, value));
  return {
    x1: inside((event.clientX - left) / width),
    x2: inside(1 - (event.clientY - top) / height),
  };
}
