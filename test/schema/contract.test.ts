import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLNamedType,
  type GraphQLScalarType,
  GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  validateSchema,
  visit,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { printContract, schema } from '../../src/schema/index.ts';
import { groupBy } from '../../src/schema/language/collections.ts';

const types = Object.values(schema.getTypeMap()).filter(
  ({ name }) => !name.startsWith('_') && !/^(Boolean|Float|Int|String|ID)$/.test(name),
);
const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
    ? Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'))
    : [];

describe('the contract', () => {
  it('is a file that declares each directive in it, for readers that know those of October 2021 alone', () => {
    const text = printContract();
    const known = ['skip', 'include', 'deprecated', 'specifiedBy'];
    const used = new Set<string>();
    const declared = new Set(known);
    visit(parse(text), {
      Directive: ({ name }) => void used.add(name.value),
      DirectiveDefinition: ({ name }) => void declared.add(name.value),
    });
    expect(used).toContain('oneOf');
    expect([...used].filter((name) => !declared.has(name))).toEqual([]);
    const read = buildSchema(text);
    expect(validateSchema(read)).toEqual([]);
    expect(read.getType('ChannelFilter')).toMatchObject({ isOneOf: true });
  });

  it('is a valid schema, which the gateway assumes', () => {
    expect(validateSchema(new GraphQLSchema({ ...schema.toConfig(), assumeValid: false }))).toEqual([]);
  });

  it('describes every type, field, argument and enum value', () => {
    const silent = types.flatMap((type) => [
      ...(type.description ? [] : [type.name]),
      ...fieldsOf(type).flatMap((field) => [
        ...(field.description ? [] : [`${type.name}.${field.name}`]),
        ...('args' in field
          ? (field.args as readonly GraphQLArgument[])
              .filter((arg) => !arg.description)
              .map((arg) => `${type.name}.${field.name}(${arg.name})`)
          : []),
      ]),
      ...(isEnumType(type)
        ? type
            .getValues()
            .filter((value) => !value.description)
            .map((value) => `${type.name}.${value.name}`)
        : []),
    ]);
    expect(silent).toEqual([]);
  });

  it('gives each mutation a nullable union of its payload and errors; those of many items, a nullable payload', () => {
    const bulk =
      /^(revokeViewerSessions|disconnectParticipants|createParticipantTokens|(un)?tagResources|delete(Channels|Stages))$/;
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    for (const { name, type, args } of mutations) {
      const Name = name.charAt(0).toUpperCase() + name.slice(1);
      expect(args.map((arg) => [arg.name, String(arg.type)])).toEqual([['input', `${Name}Input!`]]);
      expect(String(type)).toBe(bulk.test(name) ? `${Name}Payload` : `${Name}Result`);
    }
  });

  it('has an object beside each reference by ARN', () => {
    const lonely = types
      .filter((type) => isObjectType(type) && !/Payload$|Error$/.test(type.name))
      .flatMap((type) => {
        const names = new Set(fieldsOf(type).map(({ name }) => name));
        return [...names]
          .filter((name) => /.Arn$/.test(name) && !names.has(name.slice(0, -3)))
          .map((name) => `${type.name}.${name}`);
      });
    // What it names is of another service.
    const elsewhere = ['MediaTailorPlaybackConfiguration.playbackConfigurationArn'];
    expect(lonely).toEqual(elsewhere);
  });

  it('has each enum once, and no names of the SDK alone', () => {
    const valuesOf = (type: GraphQLEnumType) =>
      type
        .getValues()
        .map(({ name }) => name)
        .sort()
        .join(' ');
    const groups = [...groupBy(types.filter(isEnumType), valuesOf).values()];
    const equal = groups.filter((group) => group.length > 1).map((group) => group.map(({ name }) => name));
    // One is an output, the other a filter that AWS may extend.
    expect(equal).toEqual([['CompositionState', 'ParticipantRecordingFilterState']]);
    const clumsy =
      /(Configuration){2}|By[A-Z]\w*State$|^(Rendition|Thumbnail)Configuration|StorageType$|S3Detail$/;
    expect(types.map(({ name }) => name).filter((name) => clumsy.test(name))).toEqual([]);
  });

  it('gives birth to nothing deprecated', () => {
    const deprecated = types.flatMap((type) =>
      fieldsOf(type).flatMap((field) => (field.deprecationReason ? [`${type.name}.${field.name}`] : [])),
    );
    expect(deprecated).toEqual([]);
  });

  it('says where its scalar is specified', async () => {
    const scalar = schema.getType('DateTime') as GraphQLScalarType;
    expect(scalar.specifiedByURL).toBe('https://scalars.graphql.org/andimarek/date-time.html');
    expect(printContract()).toContain(`scalar DateTime @specifiedBy(url: "${scalar.specifiedByURL}")`);
    // Its rules for results: three digits of fraction, `T` and `Z` upper case, UTC as `Z`.
    const result = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
    for (const date of [
      '2026-01-31T12:00:00Z',
      '2026-01-31T12:00:00.1+05:30',
      '1999-12-31T23:59:59.999999-08:00',
    ])
      expect(scalar.serialize(new Date(date))).toMatch(result);
  });

  it('introduces itself, and puts what only routers need behind what people look for', () => {
    expect(schema.description).toContain('Amazon IVS as one graph');
    const names = Object.keys(schema.getQueryType()?.getFields() ?? {});
    expect(names[0]).toBe('adConfiguration');
    expect(names.slice(-2)).toEqual(['_entities', '_service']);
    expect(schema.getQueryType()?.getFields()._entities?.description).toMatch(/for routers of a supergraph/);
  });

  it('gives each node a key of its own in the federation', () => {
    const nodes = types.filter(
      (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'),
    );
    expect(nodes.map(({ name }) => name).sort()).toEqual([
      'AdConfiguration',
      'Channel',
      'Composition',
      'EncoderConfiguration',
      'IngestConfiguration',
      'Participant',
      'PlaybackKeyPair',
      'PlaybackRestrictionPolicy',
      'PublicKey',
      'RecordingConfiguration',
      'Stage',
      'StageSession',
      'StorageConfiguration',
      'Stream',
      'StreamKey',
      'StreamSession',
    ]);
    const entity = getNamedType(schema.getQueryType()?.getFields()._entities?.type);
    expect(String(entity)).toBe('_Entity');
  });
});
