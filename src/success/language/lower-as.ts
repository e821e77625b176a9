import type { ASTNode } from '@marcbachmann/cel-js';
import { ExpressionError } from './expression-error.ts';
import type { Node } from './node.ts';
import type { Scope } from './scope.ts';
import { sameType, type Type, typeWords } from './types.ts';

/** Lowers a part that must be of a type; `where` says in words which part of the text it is. */
export const lowerAs = (ast: ASTNode, scope: Scope, type: Type, where: string): Node => {
  const node = scope.lower(ast, scope);
  if (!sameType(node.type, type)) {
    throw new ExpressionError('type', ast, `${where} must be ${typeWords(type)}, and this is ${typeWords(node.type)}`);
  }
  return node;
};
