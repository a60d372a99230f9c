package io.llmgateway.api.generate;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The Javadoc of the records, so that what {@code kubectl explain} says is written only once. */
final class RecordDocs {
  private static final Pattern CODE = Pattern.compile("\\{@code\\s+([^}]*)}");

  private final Map<String, String> texts = new HashMap<>();

  /** Reads every Java file below the directory. */
  static RecordDocs read(Path sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    RecordDocs docs = new RecordDocs();
    try (Stream<Path> walk = Files.walk(sources);
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> java = walk.filter(p -> p.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(java));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(docs, trees).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return docs;
  }

  /**
   * @throws IllegalStateException when it has none: every type of the API must say what it is
   */
  String ofType(Class<?> type) {
    return require(type.getSimpleName());
  }

  /**
   * @throws IllegalStateException when it has none: every field of the API must say what it does
   */
  String ofComponent(Class<?> type, String component) {
    return require(type.getSimpleName() + "." + component);
  }

  private String require(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalStateException(name + " has no Javadoc");
    }
    return text;
  }

  private static String sentence(List<? extends DocTree> trees) {
    String text = plain(trees);
    return Character.toUpperCase(text.charAt(0))
        + text.substring(1)
        + (text.endsWith(".") ? "" : ".");
  }

  private static String plain(List<? extends DocTree> trees) {
    StringBuilder text = new StringBuilder();
    trees.forEach(text::append);
    String oneLine = text.toString().replaceAll("\\s+", " ").strip();
    return CODE.matcher(oneLine).replaceAll("`$1`");
  }

  private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final RecordDocs docs;
    private final DocTrees trees;

    Scanner(RecordDocs docs, DocTrees trees) {
      this.docs = docs;
      this.trees = trees;
    }

    @Override
    public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment != null && !comment.getFullBody().isEmpty()) {
        String type = node.getSimpleName().toString();
        docs.texts.put(type, sentence(comment.getFullBody()));
        for (DocTree tag : comment.getBlockTags()) {
          if (tag instanceof ParamTree param && !param.getDescription().isEmpty()) {
            docs.texts.put(type + "." + param.getName(), sentence(param.getDescription()));
          }
        }
      }
      return super.visitClass(node, unused);
    }
  }
}
