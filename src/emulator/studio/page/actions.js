// What buttons and forms do, by the name in `data-do`.
import { callIvs, command } from './api.js';
import { operationField } from './console.js';
import { openForm, openHelp, openQuestion, openText } from './dialogs.js';
import { h, withCode } from './dom.js';
import { fillIn, formFields, inputOf, jsonOf, showError } from './forms.js';
import { hasKeys, nextTheme, setKeys } from './preferences.js';
import { placeFor, worldNow } from './scope.js';
import { addressWith, go, pause, refresh, store, viewAddress } from './store.js';
import { wordsOf } from './text.js';
import { toast } from './toasts.js';

const operationOf = (name) => store.forms.operations.find((one) => one.name === name) ?? { name };
const call = (name, input, world) => callIvs(operationOf(name), input, world);

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

/** A browser that lets the page copy nothing shows it. */
async function copy(text, said) {
  const isCopied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (isCopied) toast(said);
  else openText('The browser refused to copy this', text);
}

const doneOf = (name, input, result) => {
  if (name === 'freezeClock' && input.frozen === false) return 'The clock runs';
  const { participantId } = result ?? {};
  return participantId ? `${wordsOf(name)}: ${participantId}` : `${wordsOf(name)}: done`;
};

/** Returns what is left to do once a dialog is closed: keys that follow the message are meant for the page. */
async function runCommand(name, input) {
  const result = await command(name, input);
  return () => {
    toast(doneOf(name, input, result));
    for (const warning of result.warnings ?? []) toast(warning, true);
    return refresh();
  };
}

async function runOperation(name, input, world = worldNow()) {
  const output = await call(name, input, world);
  return async () => {
    toast(`${name}: done`);
    await show(name, output);
    await refresh();
  };
}

function goToWorld(account, region) {
  const { view, of } = Object.fromEntries(store.params);
  go(`#${new URLSearchParams({ account, region, view, ...(of && { of }) })}`);
}

/** Its world begins with what is created in it. */
function askForWorld(place) {
  const fields = store.forms.commands.breachLimit.fields.filter(({ name }) => name in place);
  const required = fields.map((field) => ({ ...field, isRequired: true }));
  openForm('Other account or region', formFields(required, place), 'Show', (form) => {
    const { account = '', region = '' } = inputOf(form);
    if (!/^\d{12}$/.test(account)) throw new Error('account: expected an account id of 12 digits');
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
      throw new Error('region: expected a region such as us-west-2');
    goToWorld(account, region);
  });
}

const actions = {
  command: ({ command: name, input = {} }) => runCommand(name, input),
  operation: ({ operation, input }) => runOperation(operation, input),
  freeze: (input) => runCommand('freezeClock', input),
  advance: (input) => runCommand('advanceClock', input),
  form({ command: name, values = {} }) {
    const { meaning, fields } = store.forms.commands[name];
    const all = { ...placeFor(name, fields), ...values };
    const content = [h('p', { class: 'note' }, withCode(meaning)), formFields(fields, all)];
    openForm(wordsOf(name), content, wordsOf(name), (form) => runCommand(name, inputOf(form)));
  },
  ivs({ operation, values = {} }) {
    const field = operationField(operation, { ...values, ...samples[operation] });
    const world = worldNow();
    const act = (form) => runOperation(operation, jsonOf('input', form.elements.input.value), world);
    openForm(wordsOf(operation), [field], wordsOf(operation), act);
  },
  confirm({ command: name, operation, values = {}, text, away }) {
    const world = worldNow();
    openQuestion(text, async () => {
      const next = await (name ? runCommand(name, values) : runOperation(operation, values, world));
      return () => {
        if (away) go(addressWith({ arn: '', participant: '' }));
        return next();
      };
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
    return runCommand('startStream', { channelArn, viewerCount });
  },
  async snapshot(scope, form) {
    const { name } = form.elements;
    const next = await runCommand('snapshot', { ...scope, ...(name.value && { name: name.value }) });
    form.reset();
    return next;
  },
  preset(fault, { form }) {
    const [operation, region] = ['operation', 'region'].map((name) => form.elements[name].value);
    return runCommand('addFault', { operation, ...fault, ...(region && { region }) });
  },
  choose: (_with, select) => go(addressWith({ run: select.value })),
  world(_with, select) {
    const { value } = select;
    const [account, region] = value.split(' ');
    if (region) return goToWorld(account, region);
    const { accountId, region: known } = worldNow();
    select.value = `${accountId} ${known}`;
    if (value === 'other') askForWorld({ account: accountId, region: known });
  },
  async run({ name, world }, form) {
    const output = form.querySelector('.output');
    showError(form, '');
    output.textContent = '';
    try {
      const isCommand = name in store.forms.commands;
      const input = isCommand ? inputOf(form) : jsonOf('input', form.elements.input.value);
      const result = await (isCommand ? command(name, input) : call(name, input, world));
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
    const next = await actions[name](data, element);
    await next?.();
  } catch (error) {
    toast(error.message, true);
  } finally {
    if (element) element.ariaBusy = null;
  }
}
