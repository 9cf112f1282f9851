/**
 * @generated SignedSource<<cceb5d2b067ff8969e1fcc64f3a7b60f>>
 * @relayHash 4173942893e77d28a70b607410c2f99d
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 784532ca0be85719898786688dbff66c6a99f29e7d894a98a4ad1dc056e12b13

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type documentsDetailsQuery$variables = {
  sessionId: string;
  stageArn: string;
};
export type documentsDetailsQuery$data = {
  readonly stageSession: {
    readonly participants: {
      readonly nodes: ReadonlyArray<{
        readonly userId: string | null | undefined;
        readonly " $fragmentSpreads": FragmentRefs<"documentsBrowser">;
      }>;
    } | null | undefined;
  } | null | undefined;
};
export type documentsDetailsQuery = {
  response: documentsDetailsQuery$data;
  variables: documentsDetailsQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "sessionId"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "stageArn"
},
v2 = [
  {
    "kind": "Variable",
    "name": "sessionId",
    "variableName": "sessionId"
  },
  {
    "kind": "Variable",
    "name": "stageArn",
    "variableName": "stageArn"
  }
],
v3 = [
  {
    "kind": "Literal",
    "name": "first",
    "value": 100
  }
],
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "userId",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsDetailsQuery",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": "StageSession",
        "kind": "LinkedField",
        "name": "stageSession",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": (v3/*:: as any*/),
            "concreteType": "ParticipantConnection",
            "kind": "LinkedField",
            "name": "participants",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Participant",
                "kind": "LinkedField",
                "name": "nodes",
                "plural": true,
                "selections": [
                  (v4/*:: as any*/),
                  {
                    "kind": "Defer",
                    "selections": [
                      {
                        "args": null,
                        "kind": "FragmentSpread",
                        "name": "documentsBrowser"
                      }
                    ]
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": "participants(first:100)"
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "documentsDetailsQuery",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": "StageSession",
        "kind": "LinkedField",
        "name": "stageSession",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": (v3/*:: as any*/),
            "concreteType": "ParticipantConnection",
            "kind": "LinkedField",
            "name": "participants",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Participant",
                "kind": "LinkedField",
                "name": "nodes",
                "plural": true,
                "selections": [
                  (v4/*:: as any*/),
                  {
                    "if": null,
                    "kind": "Defer",
                    "label": "documentsDetailsQuery$defer$documentsBrowser",
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "browserName",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "ispName",
                        "storageKey": null
                      }
                    ]
                  },
                  (v5/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "storageKey": "participants(first:100)"
          },
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "784532ca0be85719898786688dbff66c6a99f29e7d894a98a4ad1dc056e12b13",
    "metadata": {},
    "name": "documentsDetailsQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "ff475497ccacfe3683387033cd9b0958";

export default node;
