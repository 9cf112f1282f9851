// How the subgraph is composed with another one.
import { describe, expect, it } from 'vitest';
import { contracts, type Supergraph } from './supergraph.ts';

export function composition(supergraph: () => Supergraph): void {
  it('is composed with another subgraph without a hint, by Apollo and by Cosmo', () => {
    const { errors, hints, cosmo } = supergraph().composed;
    expect({ errors, hints }).toEqual({ errors: [], hints: [] });
    expect(cosmo).toMatchObject({ errors: [], warnings: [] });
    expect(cosmo.types.Stage).toEqual(expect.arrayContaining(['name', 'slug', 'events', 'sessions']));
  });

  describe('a contract', () => {
    const contract = (name: keyof typeof contracts) =>
      supergraph().composed.contracts[contracts[name]] ?? expect.unreachable();

    it('without secrets has no field that needs ivs:secret or tells a token', () => {
      const cosmo = contract('withoutSecrets');
      expect(cosmo.errors).toEqual([]);
      const { StreamKey, Srt, IngestConfiguration, CreateStageInput, CreateStagePayload, Mutation, Query } =
        cosmo.types;
      expect(StreamKey).toContain('arn');
      expect(StreamKey).not.toContain('value');
      expect(Srt).not.toContain('passphrase');
      expect(IngestConfiguration).not.toContain('streamKey');
      expect(CreateStageInput).toContain('name');
      expect(CreateStageInput).not.toContain('participantTokenConfigurations');
      expect(CreateStagePayload).not.toContain('participantTokens');
      expect(Mutation).not.toContain('createParticipantToken');
      expect(Mutation).toContain('createStage');
      expect(Query).toContain('stages');
    });

    it('for moderators has none of the mutations that make, change or delete', () => {
      const cosmo = contract('forModerators');
      expect(cosmo.errors).toEqual([]);
      expect(cosmo.types.Mutation?.sort()).toEqual([
        'disconnectParticipant',
        'disconnectParticipants',
        'insertAdBreak',
        'putMetadata',
        'revokeViewerSession',
        'revokeViewerSessions',
        'stopStream',
      ]);
    });

    it('may leave all mutations out', () => {
      const cosmo = contract('withoutMutations');
      expect(cosmo.errors).toEqual([]);
      expect(cosmo.types.Mutation).toBeUndefined();
    });
  });
}
