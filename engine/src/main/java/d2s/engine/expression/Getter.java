package d2s.engine.expression;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/** Reads a property of objects of one class, as fast as a call in the source code would. */
@FunctionalInterface
interface Getter {

  /** The value of the property; throws what the method of the object throws. */
  Object of(Object owner);

  /**
   * The getter of a property of a public class, {@code getName()} or {@code isName()}; empty if
   * there is none that may be called from here.
   */
  static Optional<Getter> find(Class<?> type, String property) {
    String capital = Character.toUpperCase(property.charAt(0)) + property.substring(1);
    for (String name : List.of("get" + capital, "is" + capital)) {
      try {
        Method method = type.getMethod(name);
        // Every object has a class; expressions must not get at it.
        if (method.getDeclaringClass() != Object.class) {
          return of(type, method);
        }
      } catch (NoSuchMethodException e) {
        continue;
      }
    }
    return Optional.empty();
  }

  /** What the compiler makes of {@code owner -> ((Type) owner).getName()}. */
  private static Optional<Getter> of(Class<?> type, Method method) {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      MethodHandle handle = lookup.unreflect(method);
      CallSite site =
          LambdaMetafactory.metafactory(
              lookup,
              "of",
              MethodType.methodType(Getter.class),
              MethodType.methodType(Object.class, Object.class),
              handle,
              handle.type().wrap().changeParameterType(0, type));
      return Optional.of((Getter) site.getTarget().invoke());
    } catch (IllegalAccessException | LambdaConversionException e) {
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
