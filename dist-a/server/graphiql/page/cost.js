// What the answer in sight has cost, in a line of its own below it. The answer of a tab says so itself, also one that came in
// parts or that another tab has hidden for a while.

// biome-ignore lint/correctness/noUnusedVariables: for graphiql.js
function tellCost({ response }) {
  const pane = document.querySelector('.graphiql-response');
  if (!pane) return;
  const line = pane.querySelector('#cost') ?? pane.appendChild(document.createElement('output'));
  line.id = 'cost';
  // Every key that is pressed in an editor comes by here, and an answer can be long.
  if (line.answer === response) return;
  line.answer = response;
  line.textContent = costIn(response);
}

function costIn(response) {
  try {
    const { ivs } = JSON.parse(response).extensions;
    return costOf(ivs);
  } catch {
    return '';
  }
}

function costOf({ dryRun, calls, waitMs, waitedMs }) {
  const many = `${calls} AWS call${calls === 1 ? '' : 's'}`;
  if (dryRun) return `Would make up to ${many}${timeFor('and wait', waitMs)}`;
  return `${many}${timeFor('after waiting', waitedMs)}`;
}

/** Nobody notices a tenth of a second. */
function timeFor(what, ms) {
  if (!(ms >= 100)) return '';
  const seconds = ms / 1000;
  if (seconds < 9.95) return `, ${what} ${seconds.toFixed(1)} s`;
  return seconds < 90 ? `, ${what} ${Math.round(seconds)} s` : `, ${what} ${Math.round(seconds / 60)} min`;
}
