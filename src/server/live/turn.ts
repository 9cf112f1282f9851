let turn = 0;
let isCounting = false;

/** The same number throughout a turn of the event loop: sockets can send between two of them. */
export function currentTurn(): number {
  if (!isCounting) {
    isCounting = true;
    setImmediate(() => {
      turn += 1;
      isCounting = false;
    });
  }
  return turn;
}
