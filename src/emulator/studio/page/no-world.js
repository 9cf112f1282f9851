// In place of a view of a world in which nothing is yet.
import { button, empty, h } from './dom.js';

/** A world begins with the first call of an account in a region. */
export function noWorld(title, { world: { accountId, region } }) {
  return h(
    'section',
    { class: 'content wide', 'data-key': 'no world' },
    h('h1', {}, title),
    empty(
      `Nothing in account ${accountId}, ${region}`,
      'It fills with the calls of your tests and programs. Or begin here:',
      h(
        'div',
        { class: 'actions' },
        button('Create stage', 'ivs', { operation: 'CreateStage' }, { style: 'primary' }),
        button('Create channel', 'ivs', { operation: 'CreateChannel' }),
      ),
    ),
  );
}
