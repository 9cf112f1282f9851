/**
 * @generated SignedSource<<e4e33cf49f53e2819fc9d5058db3b3eb>>
 * @relayHash ee9324eecc8f9d5301e147d7d49c783a
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 73ad3839d2381cc95c406edf382740e65d044488e12f4024b90e38dc77be2514

import { ConcreteRequest } from 'relay-runtime';
export type ParticipantState = "CONNECTED" | "DISCONNECTED" | "%future added value";
export type DisconnectParticipantInput = {
  participantId: string;
  reason?: string | null | undefined;
  stageArn: string;
};
export type documentsDisconnectMutation$variables = {
  input: DisconnectParticipantInput;
};
export type documentsDisconnectMutation$data = {
  readonly disconnectParticipant: {
    readonly __typename: string;
    readonly code?: string;
    readonly message?: string;
    readonly participant?: {
      readonly id: string;
      readonly state: ParticipantState | null | undefined;
    } | null | undefined;
  };
};
export type documentsDisconnectMutation = {
  response: documentsDisconnectMutation$data;
  variables: documentsDisconnectMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": null,
    "kind": "LinkedField",
    "name": "disconnectParticipant",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "__typename",
        "storageKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Participant",
            "kind": "LinkedField",
            "name": "participant",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "id",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "state",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "type": "DisconnectParticipantPayload",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "code",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "message",
            "storageKey": null
          }
        ],
        "type": "Error",
        "abstractKey": "__isError"
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsDisconnectMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "documentsDisconnectMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "73ad3839d2381cc95c406edf382740e65d044488e12f4024b90e38dc77be2514",
    "metadata": {},
    "name": "documentsDisconnectMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "18a360a87e648af9b875fd7af59adc4b";

export default node;
