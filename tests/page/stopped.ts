/** A clock that stands still from the start: import it before whatever keeps copies of timers. */
import { StoppedClock } from "./clock";

export const clock = new StoppedClock();
