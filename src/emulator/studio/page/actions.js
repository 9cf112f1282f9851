// What buttons and forms do, by the name in `data-do`.
import { callIvs, command } from './api.js';
import { operationField } from './console.js';
import { openForm, openHelp, openQuestion } from './dialogs.js';
import { h } from './dom.js';
import { fillIn, formFields, inputOf, jsonOf, showError } from './forms.js';
import { worldNow } from './frame.js';
import { hasKeys, nextTheme, setKeys } from './preferences.js';
import { addressWith, go, pause, refresh, store, viewAddress } from './store.js';
import { wordsOf } from './text.js';
import { toast } from './toasts.js';

const operationOf = (name) => store.forms.operations.find((one) => one.name === name) ?? { name };
const call = (name, input) => callIvs(operationOf(name), input, worldNow());

/** What is needed most in an empty operation. */
const samples = {
  CreateStage: { name: 'my-stage' },
  CreateChannel: { name: 'my-channel', latencyMode: 'LOW', type: 'STANDARD' },
  CreateParticipantToken: { userId: 'me', duration: 60 },
  InsertAdBreak: { durationSeconds: 30 },
};

/** The new one is opened, and a token is copied. */
async function show(name, output) {
  if (output.stage && name === 'CreateStage') go(viewAddress('stages', { arn: output.stage.arn }));
  if (output.channel && name === 'CreateChannel') go(viewAddress('channels', { arn: output.channel.arn }));
  const { token } = output.participantToken ?? {};
  if (token) await copy(token, 'The token was copied.');
}

async function copy(text, said) {
  await navigator.clipboard.writeText(text);
  toast(said);
}

const doneOf = (name, result) => {
  const { participantId } = result ?? {};
  return participantId ? `${wordsOf(name)}: ${participantId}` : `${wordsOf(name)}: done`;
};

async function runCommand(name, input) {
  const result = await command(name, input);
  toast(doneOf(name, result));
  for (const warning of result.warnings ?? []) toast(warning, true);
  await refresh();
  return result;
}

async function runOperation(name, input) {
  const output = await call(name, input);
  toast(`${name}: done`);
  await show(name, output);
  await refresh();
  return output;
}

const actions = {
  command: ({ command: name, input = {} }) => runCommand(name, input),
  operation: ({ operation, input }) => runOperation(operation, input),
  freeze: (input) => runCommand('freezeClock', input),
  advance: (input) => runCommand('advanceClock', input),
  form({ command: name, values = {} }) {
    const { meaning, fields } = store.forms.commands[name];
    const content = [h('p', { class: 'note' }, meaning), formFields(fields, values)];
    openForm(wordsOf(name), content, wordsOf(name), (form) => runCommand(name, inputOf(form)));
  },
  ivs({ operation, values = {} }) {
    const field = operationField(operation, { ...values, ...samples[operation] });
    const act = (form) => runOperation(operation, jsonOf('input', form.elements.input.value));
    openForm(wordsOf(operation), [field], wordsOf(operation), act);
  },
  confirm({ command: name, operation, values = {}, text, away }) {
    openQuestion(text, async () => {
      await (name ? runCommand(name, values) : runOperation(operation, values));
      if (away) go(addressWith({ arn: '', participant: '' }));
    });
  },
  async join({ stageArn }, form) {
    const { userId, publish } = form.elements;
    const joined = await command('join', { stageArn, ...(userId.value && { userId: userId.value }) });
    if (publish.checked) await command('publish', { stageArn, participantId: joined.participantId });
    toast(`${userId.value || joined.participantId} joined`);
    userId.value = '';
    await refresh();
  },
  async startStream({ channelArn }, form) {
    const viewerCount = Number(form.elements.viewerCount.value);
    await runCommand('startStream', { channelArn, viewerCount });
  },
  async snapshot(_with, form) {
    const { name } = form.elements;
    await runCommand('snapshot', name.value ? { name: name.value } : {});
    form.reset();
  },
  preset({ fault }) {
    return runCommand('addFault', { operation: document.getElementById('fault-operation').value, ...fault });
  },
  choose: (_with, select) => go(addressWith({ run: select.value })),
  world(_with, select) {
    const [account, region] = select.value.split(' ');
    const view = store.params.get('view');
    go(`#${new URLSearchParams({ account, region, view })}`);
  },
  async run({ name }, form) {
    const output = form.querySelector('.output');
    showError(form, '');
    output.textContent = '';
    try {
      const isCommand = name in store.forms.commands;
      const input = isCommand ? inputOf(form) : jsonOf('input', form.elements.input.value);
      const result = await (isCommand ? command(name, input) : call(name, input));
      output.textContent = JSON.stringify(result, null, 2);
    } catch (error) {
      showError(form, error.message);
    }
    await refresh();
  },
  example({ name }, element) {
    fillIn(element.form, store.forms.commands[name].example);
  },
  copy: ({ text }) => copy(text, 'Copied'),
  pause: ({ isPaused }) => pause(isPaused),
  theme() {
    nextTheme();
    return refresh();
  },
  help: () => openHelp(hasKeys(), setKeys),
};

/** Runs one at a time of each element: a second click while the first is under way does nothing. */
export async function run(name, data, element) {
  if (element?.ariaBusy === 'true') return;
  if (element) element.ariaBusy = 'true';
  try {
    await actions[name](data, element);
  } catch (error) {
    toast(error.message, true);
  } finally {
    if (element) element.ariaBusy = null;
  }
}
